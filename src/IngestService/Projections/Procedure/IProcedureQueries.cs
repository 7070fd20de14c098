using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Read side of the process. What is returned is the caller's own.</summary>
internal interface IProcedureQueries
{
    ProcedureCase? Find(string caseId);

    /// <summary>Null: no rules were ever activated.</summary>
    (ulong Entry, ProcedureRules Rules)? CurrentRules { get; }

    /// <summary>The rules of that very entry.</summary>
    ProcedureRules? RulesAt(ulong entry);

    /// <summary>The bytes that were activated, as they came.</summary>
    byte[]? RulesContent(ulong entry);

    /// <summary>Decisions of this service about any of these objects.</summary>
    IReadOnlyList<PartyDecision> DecisionsAbout(IReadOnlyCollection<string> objectIds);

    /// <summary>Other cases with the same party, the same place in words, or within a cell or two of the map; newest first.</summary>
    IReadOnlyList<ProcedureCase> Near(ProcedureCase subject, int count);

    /// <summary>In the order of what ends first.</summary>
    IReadOnlyList<(long Due, long UpdatedMicros, ProcedureCase Case)> Work(WorkFilter filter, (long Due, string CaseId) after, int count);

    ulong CountWork(WorkFilter filter);
}
