namespace EdgeEnforcement.Mqtt.Server;

/// <summary>Numbers we give to topics, first come first served, as many as the client takes. Owned by the writing loop.</summary>
internal sealed class OutgoingAliases(int maximum)
{
    private Dictionary<string, ushort>? _aliases;

    /// <summary>0: none. <paramref name="isKnown"/>: the client has it already, the topic may be left out.</summary>
    public ushort Find(string topic, out bool isKnown)
    {
        isKnown = false;
        if (maximum == 0)
            return 0;
        _aliases ??= new Dictionary<string, ushort>(StringComparer.Ordinal);
        if (_aliases.TryGetValue(topic, out var alias))
        {
            isKnown = true;
            return alias;
        }
        return _aliases.Count < maximum ? (ushort)(_aliases.Count + 1) : (ushort)0;
    }

    /// <summary>The PUBLISH that says so was written: one that did not fit into the client's limit tells it nothing.</summary>
    public void Told(string topic, ushort alias) => _aliases?.TryAdd(topic, alias);
}
