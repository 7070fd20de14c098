using System.Collections.Frozen;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Acts;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>Every act there is but the three that answer a request. Compared, cell by cell, with docs/procedure/transitions.csv, which people wrote.</summary>
internal static class ActTable
{
    public static FrozenDictionary<ProcedureActKind, ActDefinition> All { get; } =
        LeadActs.All.Concat(FilingActs.All).Concat(ReviewActs.All).Concat(NoticeActs.All).Concat(DecisionActs.All)
            .Concat(SimpleActs.All).Concat(DocumentActs.All).Concat(DeadlineActs.All).ToFrozenDictionary(definition => definition.Kind);

    /// <summary>An end of the process; only a merge can be undone.</summary>
    public static bool IsEnd(ProcedureState state) => state is ProcedureState.A4LeadClosed or ProcedureState.A9Rechecked or ProcedureState.A1MMerged
        or ProcedureState.G1Archived;
}
