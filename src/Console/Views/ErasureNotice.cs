using EdgeEnforcement.OperatorConsole.Desk.Actions;

namespace EdgeEnforcement.OperatorConsole.Views;

/// <summary>What came of the last act on an erasure. Reason is the key of the sentence that explains a refusal; empty when the service's own words must do.</summary>
public sealed record ErasureNotice(string Act, ActOutcome Outcome, string Reason);
