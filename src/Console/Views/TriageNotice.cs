using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;

namespace EdgeEnforcement.OperatorConsole.Views;

/// <summary>What came of the last act. After a conflict: what the operator saw, what holds now, and the entry that changed it.</summary>
public sealed record TriageNotice(string Act, ActOutcome Outcome, string Title, AlertRow? Seen = null, AlertRow? Now = null, TimelineItem? ChangedBy = null);
