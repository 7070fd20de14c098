using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Desk.Actions;

/// <summary>Query with at least LedgerSize to see an act that is done.</summary>
public sealed record ActOutcome(ActResult Result, string SubjectId = "", ulong Version = 0, ulong LedgerSize = 0, string Refusal = "", string Detail = "")
{
    /// <summary>What a refusal is about, of the contract's fields; empty: none.</summary>
    public string Field { get; init; } = "";

    /// <summary>The detail for another language; null: there is none.</summary>
    public Sentence? Said { get; init; }

    /// <summary>An unlawful step: every guard that failed. Null where the refusal is of another kind.</summary>
    public ProcedureRefusal? Unlawful { get; init; }

    public bool IsDone => Result == ActResult.Done;
}
