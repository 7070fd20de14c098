namespace EdgeEnforcement.Mqtt.Server;

/// <summary>A topic a connection publishes to, with what was found out about it: a device sends thousands of messages to one topic.</summary>
internal sealed class IncomingTopic(byte[] utf8, string text, bool isAllowed, bool isTaken)
{
    public byte[] Utf8 { get; } = utf8;

    public string Text { get; } = text;

    public bool IsAllowed { get; } = isAllowed;

    /// <summary>The intake's.</summary>
    public bool IsTaken { get; } = isTaken;
}
