using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

/// A recall that was asked for.
/// <param name="Text">"hour 2026-11-28 08:00 to 2026-11-28 12:00", times of China.</param>
internal sealed record RunningRecall(string Text, Task<DeviceExchange> Running);
