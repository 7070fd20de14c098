using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>How definitions are written down: one sentence each, in <c>Acts/</c>.</summary>
internal sealed class ActBuilder(ProcedureActKind kind)
{
    private readonly Dictionary<ProcedureState, ProcedureState[]> _transitions = [];
    private OfficerRole[] _roles = [];
    private OfficerRole _approver;
    private int _officers = 1;
    private string[] _articles = [];
    private Action<ActScope> _guards = static _ => { };
    private Func<ActScope, ProcedureState>? _to;

    /// <summary>From each of these states to this one.</summary>
    public ActBuilder From(ProcedureState[] from, ProcedureState to)
    {
        foreach (ProcedureState state in from)
            _transitions.Add(state, [to]);
        return this;
    }

    public ActBuilder From(ProcedureState from, params ProcedureState[] to)
    {
        _transitions.Add(from, to);
        return this;
    }

    /// <summary>The state stays.</summary>
    public ActBuilder In(params ProcedureState[] states)
    {
        foreach (ProcedureState state in states)
            _transitions.Add(state, [state]);
        return this;
    }

    public ActBuilder By(params OfficerRole[] roles)
    {
        _roles = roles;
        return this;
    }

    public ActBuilder ApprovedBy(OfficerRole approver)
    {
        _approver = approver;
        return this;
    }

    public ActBuilder Officers(int officers)
    {
        _officers = officers;
        return this;
    }

    public ActBuilder Law(params string[] articles)
    {
        _articles = articles;
        return this;
    }

    public ActBuilder Guarded(Action<ActScope> guards)
    {
        _guards = guards;
        return this;
    }

    public ActBuilder To(Func<ActScope, ProcedureState> to)
    {
        _to = to;
        return this;
    }

    public ActDefinition Build() => new(kind, _transitions, _roles, _approver, _officers, _articles, _guards,
        _to ?? (scope => _transitions[scope.Case.State][0]));
}
