using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>Timestamps of the wire as instants: absent is the beginning of time, what no calendar holds is cut, nothing throws.</summary>
internal static class Instants
{
    private static readonly long Latest = Micros.Of(DateTimeOffset.MaxValue);
    private static readonly long Earliest = Micros.Of(DateTimeOffset.MinValue);

    public static DateTimeOffset Of(Timestamp? time) => Micros.Of(time) is { } micros
        ? DateTimeOffset.UnixEpoch.AddTicks(Math.Clamp(micros, Earliest, Latest) * TimeSpan.TicksPerMicrosecond)
        : DateTimeOffset.MinValue;
}
