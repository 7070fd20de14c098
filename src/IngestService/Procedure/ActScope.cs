using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>One act being decided: the case as it was seen, what is asked, what is read, and the guards met so far.</summary>
internal sealed class ActScope
{
    public ActScope(ProcedureCase subject, ProcedureAct act, ProcedureContext context)
    {
        Case = subject;
        Act = act;
        Context = context;
        Now = context.Now;
        HappenedAt = act.HappenedAt is null ? context.Now : Instants.Of(act.HappenedAt);
        Guards = new GuardList(context.Rules, Day);
    }

    public ProcedureCase Case { get; }

    public ProcedureAct Act { get; }

    public ProcedureContext Context { get; }

    public GuardList Guards { get; }

    public DateTimeOffset Now { get; }

    /// <summary>When it was done in the field; never after <see cref="Now"/>.</summary>
    public DateTimeOffset HappenedAt { get; }

    public ProcedureRules Rules => Context.Rules;

    public DomainProfile? Profile => Rules.ProfileOf(Case.Domain);

    public DateOnly Day => CivilDay.Of(Micros.Of(HappenedAt));

    public DateOnly Today => CivilDay.Of(Micros.Of(Now));

    public bool Require(string name, bool holds, string wrong, string satisfiedBy, params ReadOnlySpan<string> articles) =>
        Guards.Require(name, holds, wrong, satisfiedBy, articles);

    /// <summary>What must be said with the act, as a guard of its own: SAID.</summary>
    public bool Said(bool isSaid, string what) => Guards.Require("SAID", isSaid, "缺少：" + what, "填写" + what);

    public static bool IsText(string text) => !string.IsNullOrWhiteSpace(text);

    public static bool IsDay(string text) => CivilDay.TryParse(text, out _);
}
