using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Identity;
using EdgeEnforcement.OperatorConsole.Views.Forms;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>
/// One act being written: what the operator saw, what he says, and what the service says to it. A trial lists every guard that would fail; another's
/// act in between is shown, and nothing of what was typed is lost.
/// </summary>
public sealed class ActDraft(CaseActs acts, ProcedureQueries queries, RegisterQueries registers, ActChoices choices, IOperatorContext context)
{
    private string _caseId = "";
    private ulong _seenVersion;
    private int _seenActs;
    private bool _wasTried;
    private bool _tryAgain;
    private Task _trials = Task.CompletedTask;

    public ProcedureView Seen { get; private set; } = new();

    public ProcedureAct Act { get; private set; } = new();

    /// <summary>In which capacity it may be done, as it was when it was begun; first those the officer is assigned.</summary>
    public IReadOnlyList<OfficerRole> Roles { get; private set; } = [];

    public IMessage? Content => FormFields.ContentOf(Act);

    public RulesBook Rules { get; private set; } = RulesBook.None;

    public ActChoices Choices => choices;

    /// <summary>The act itself is on its way; a trial is not.</summary>
    public bool Busy { get; private set; }

    /// <summary>Of the last trial or of the act itself; null: not asked yet.</summary>
    public ActOutcome? Outcome { get; private set; }

    /// <summary>The last trial went through.</summary>
    public bool MayBeDone => Outcome is { IsDone: true };

    /// <summary>After a conflict: what others did since the version that was seen.</summary>
    public IReadOnlyList<ActMade> Since { get; private set; } = [];

    public async Task BeginAsync(ProcedureView seen, ProcedureActKind kind, CancellationToken cancellation)
    {
        (Seen, _caseId, _seenVersion, _seenActs) = (seen, seen.State.CaseId, seen.State.LifecycleVersion, seen.State.Acts.Count);
        Act = ActContents.Begin(kind, seen.State);
        var assigned = await AssignedAsync(cancellation);
        Roles = [.. RolesOf(seen, kind).OrderBy(role => !assigned.Contains(role))];
        Act.Role = Roles.Count > 0 ? Roles[0] : OfficerRole.Unspecified;
        Rules = RulesBook.Read(await queries.GetRulesAsync(0, cancellation));
        await Choices.ReadAsync(seen.State, Rules, Content?.Descriptor, cancellation);
        if (ActContents.AsksSecondOfficer(kind))
            Act.SecondOfficerId = seen.State.Participants.FirstOrDefault(person => person.IsHandlerNow && person.OfficerId != context.Current.Id)?.OfficerId ?? "";
    }

    /// <summary>What the service would say now; nothing is written. What is typed meanwhile is tried as well.</summary>
    public Task TryAsync()
    {
        (_wasTried, _tryAgain) = (true, true);
        return Busy || !_trials.IsCompleted ? _trials : _trials = TrialsAsync();
    }

    /// <summary>A list of refusals shrinks while the form is filled in.</summary>
    public Task TypedAsync() => _wasTried ? TryAsync() : Task.CompletedTask;

    /// <returns>Null: not done; the outcome says why.</returns>
    public async Task<ActOutcome?> DoAsync()
    {
        if (Busy)
            return null;
        (Busy, _wasTried) = (true, true);
        try
        {
            await _trials; // leaving the last box has begun one
            await SendAsync(isTrial: false);
            return Outcome is { IsDone: true } ? Outcome : null;
        }
        finally
        {
            Busy = false;
        }
    }

    public async Task<RenderedDocument?> PreviewAsync(CancellationToken cancellation)
    {
        try
        {
            return await queries.RenderAsync(new RenderDocumentRequest { CaseId = _caseId, Draft = Act.Document }, cancellation);
        }
        catch (RpcException exception)
        {
            Outcome = new ActOutcome(ActResult.Refused, _caseId, Detail: exception.Status.Detail);
            return null;
        }
    }

    // Answering a request is its approver's, taking it back the asker's own.
    private static IReadOnlyList<OfficerRole> RolesOf(ProcedureView view, ProcedureActKind kind) => kind switch
    {
        ProcedureActKind.Approve or ProcedureActKind.ReturnRequest when view.State.Pending is { } pending => [pending.Approver],
        ProcedureActKind.WithdrawRequest when view.State.Pending is { } pending => [pending.Act.Role],
        _ => [.. view.Permitted.Where(act => act.Kind == kind).SelectMany(act => act.Roles)],
    };

    private async Task<IReadOnlyList<OfficerRole>> AssignedAsync(CancellationToken cancellation) => context.Current.IsKnown
        && await registers.FindAsync(RegisterKind.Officer, context.Current.Id, 0, cancellation) is { Row.Change.Officer: { } officer }
            ? [.. officer.Assignments.SelectMany(assignment => assignment.Roles)] : [];

    private async Task TrialsAsync()
    {
        while (_tryAgain && !Busy)
        {
            _tryAgain = false;
            await SendAsync(isTrial: true);
            _tryAgain &= Outcome?.Result != ActResult.Conflict;
        }
    }

    private async Task SendAsync(bool isTrial)
    {
        Outcome = await acts.ActAsync(_caseId, _seenVersion, Act, isTrial);
        if (Outcome.Result == ActResult.Conflict)
            await ExplainAsync();
    }

    // The next try is about what the operator has now been shown.
    private async Task ExplainAsync()
    {
        try
        {
            var now = await queries.GetAsync(_caseId, context.Current.Id, 0, CancellationToken.None);
            Since = [.. now.State.Acts.Skip(_seenActs)];
            (Seen, _seenVersion) = (now, now.State.LifecycleVersion);
            await Choices.ReadAsync(now.State, Rules, Content?.Descriptor, CancellationToken.None);
        }
        catch (RpcException)
        {
            // The service's own sentence about the conflict stands; the page's read says that the service is away.
        }
    }
}
