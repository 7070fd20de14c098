namespace EdgeEnforcement.Mqtt.Server;

/// <summary>Topics a client has given numbers to (5.0, section 3.3.2.3.4). They end with the connection. Owned by the reading loop.</summary>
internal sealed class IncomingAliases(int maximum)
{
    private IncomingTopic?[]? _topics;

    public bool IsInRange(ushort alias) => alias >= 1 && alias <= maximum;

    public void Set(ushort alias, IncomingTopic topic) => (_topics ??= new IncomingTopic?[maximum])[alias - 1] = topic;

    public IncomingTopic? Find(ushort alias) => _topics?[alias - 1];
}
