using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>Something that happened to a device and suspends its admission until a person admits it again.</summary>
/// <param name="AtMicros">When it happened; see <see cref="Instant"/>.</param>
/// <param name="Cause">"tamper", "moved", "clock", "replaced", "identity".</param>
internal sealed record SuspendingEvent(ulong Entry, long IngestMicros, long AtMicros, string Cause, string Detail)
{
    // Longer than any agent stays cut off with its spool whole; a device clock beyond is taken for wrong.
    private const long CredibleMicros = 31 * CivilDay.MicrosPerDay;

    /// <summary>Null for what suspends nothing.</summary>
    public static string? CauseOf(DeviceEvent happened) => happened.Kind switch
    {
        DeviceEventKind.BoxDoor => "tamper",
        DeviceEventKind.Moved => "moved",
        DeviceEventKind.InstrumentReplaced => "replaced",
        DeviceEventKind.Identity => "identity",
        DeviceEventKind.Clock when !IsOnlyAsking(happened) => "clock",
        _ => null,
    };

    /// <summary>
    /// The device's own word reaches back, but never forward, and not beyond what is credible: what it saw before it could say so counts
    /// from when it happened.
    /// </summary>
    public static long Instant(long? observedMicros, long ingestMicros) =>
        observedMicros is { } observed && observed <= ingestMicros && ingestMicros - observed <= CredibleMicros ? observed : ingestMicros;

    // HJ 212 CN 1013: the station only asks for the time. That it is off is said by the agent that measured it, in these words.
    private static bool IsOnlyAsking(DeviceEvent happened) => !happened.Detail.EndsWith(" s off", StringComparison.Ordinal);
}
