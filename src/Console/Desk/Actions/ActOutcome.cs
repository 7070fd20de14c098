namespace EdgeEnforcement.OperatorConsole.Desk.Actions;

/// <summary>Query with at least LedgerSize to see an act that is done.</summary>
public sealed record ActOutcome(ActResult Result, string SubjectId = "", ulong Version = 0, ulong LedgerSize = 0, string Refusal = "", string Detail = "")
{
    public bool IsDone => Result == ActResult.Done;
}
