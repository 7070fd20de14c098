using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Mqtt;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>A device as a change in the entry says it.</summary>
internal static class PresenceWords
{
    // A word, not a report: what a device has to report it sends while it is there.
    private const int KeptWillBytes = 1_024;

    public static DevicePresenceChange Of(PresenceDevice device)
    {
        var change = new DevicePresenceChange
        {
            ClientId = device.ClientId, State = device.Now.State, Reason = device.Now.Reason, Since = At(device.Now.Since),
            KeepAliveSeconds = (uint)device.KeepAliveSeconds, Version = device.Now.Version, SessionNumber = device.SessionNumber,
            Gateway = device.Gateway.Name, Drops = (uint)device.Drops,
        };
        if (device.HeardAt > 0)
            change.LastHeard = At(device.HeardAt);
        if (device.Will is { } will)
            change.Will = Of(will);
        return change;
    }

    public static Timestamp At(long unixMs) => Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(unixMs));

    private static DeviceWill Of(ApplicationMessage will) => new()
    {
        Topic = will.Topic,
        Payload = ByteString.CopyFrom(will.Payload.Span[..Math.Min(will.Payload.Length, KeptWillBytes)]),
        PayloadBytes = (uint)will.Payload.Length,
    };
}
