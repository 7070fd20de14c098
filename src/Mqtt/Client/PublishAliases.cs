namespace EdgeEnforcement.Mqtt.Client;

/// <summary>Topics that travel as a number from their second use on (MQTT5 3.3.2.3.4). The first ones get one and keep it: a device has few.</summary>
internal sealed class PublishAliases(int most)
{
    private readonly Dictionary<string, ushort> _aliases = [];

    /// <summary>0: this topic has none.</summary>
    public ushort Find(string topic, out bool isKnown)
    {
        isKnown = _aliases.TryGetValue(topic, out var alias);
        if (isKnown || _aliases.Count >= most)
            return alias;
        alias = (ushort)(_aliases.Count + 1);
        _aliases.Add(topic, alias);
        return alias;
    }

    /// <summary>The packet that would have introduced it was not written.</summary>
    public void Forget(string topic) => _aliases.Remove(topic);
}
