namespace EdgeEnforcement.IngestService.Procedure.Numbers;

/// <summary>A number that is no longer free.</summary>
/// <param name="BlockId">Empty: it was given at the centre.</param>
/// <param name="CaseId">With <see cref="NumberState.Given"/>, and kept when it is voided afterwards.</param>
/// <param name="Subject">Document id, or the case's for a simple decision.</param>
/// <param name="Entry">Of its last change.</param>
internal sealed record KnownNumber(NumberStream Stream, NumberState State, string Text, string BlockId, string CaseId, string Subject, string Reason, ulong Entry);
