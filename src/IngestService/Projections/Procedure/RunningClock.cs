using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>A clock that runs or is paused, with what it takes to find its rule.</summary>
/// <param name="Place">Where the row stands in the order of change.</param>
internal sealed record RunningClock(string CaseId, string Domain, ClockState Clock, ClockPlace Place);
