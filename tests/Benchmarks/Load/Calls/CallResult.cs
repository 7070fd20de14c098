using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load.Calls;

/// <summary>What one run of one case gave; CPU in seconds, allocations in bytes, null where nobody counts them.</summary>
internal sealed record CallResult(long Messages, double Seconds, double ClientCpu, double ServerCpu)
{
    public long? ClientAllocated { get; init; }

    public long? ServerAllocated { get; init; }

    public string Line(string peers, CallCase load) => string.Create(
        CultureInfo.InvariantCulture,
        $"{peers,-24} {load} {Messages / Seconds,12:N0} {ClientCpu * 1e6 / Messages,14:F2} {ServerCpu * 1e6 / Messages,14:F2} {PerMessage(ClientAllocated),15} {PerMessage(ServerAllocated),15}");

    private string PerMessage(long? bytes) =>
        bytes is { } known ? (known / (double)Messages).ToString("F0", CultureInfo.InvariantCulture) : "-";
}
