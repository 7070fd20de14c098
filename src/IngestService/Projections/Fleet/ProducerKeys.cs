using System.Collections.Concurrent;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

/// <summary>Written by the fleet pump, read by every door.</summary>
internal sealed class ProducerKeys : IProducerKeys
{
    private readonly ConcurrentDictionary<string, ProducerKey> _keys = new(StringComparer.Ordinal);

    public ProducerKey? Find(string producer) => _keys.GetValueOrDefault(producer);

    public void Set(ProducerKey key) => _keys[key.Producer] = key;

    /// <summary>At opening. Nothing is taken away: a key stays registered for ever, and a rebuild only finds it again.</summary>
    public void Fill(IEnumerable<ProducerKey> keys)
    {
        foreach (ProducerKey key in keys)
            Set(key);
    }
}
