using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>A delivery, or the PUBREL of one (then the message of the delivery is null).</summary>
internal readonly record struct OutgoingItem(Delivery Delivery, ushort ReleasedId, ReasonCode Reason)
{
    // A PUBLISH beside its topic and payload, or a PUBREL: roughly, for the bound.
    private const int OverheadBytes = 32;

    public bool IsRelease => ReleasedId != 0;

    public int SizeBytes => IsRelease ? OverheadBytes : OverheadBytes + Delivery.Message.Topic.Length + Delivery.Message.Payload.Length;
}
