namespace EdgeEnforcement.Mqtt.Tests.Sessions.Model;

/// A message its publisher has not finished with.
internal sealed class ModelPublish(string topic, string text, QoS qos, ushort packetId, bool retain, uint? expirySeconds)
{
    public string Topic => topic;

    public string Text => text;

    public QoS QoS => qos;

    public ushort PacketId => packetId;

    public bool Retain => retain;

    public uint? ExpirySeconds => expirySeconds;

    public int Attempts { get; set; }

    /// The moment of the first attempt (SessionModel.NextMoment).
    public int TriedAt { get; set; }

    /// QoS 2: PUBREC came.
    public bool IsTaken { get; set; }

    public bool IsReleaseTried { get; set; }
}
