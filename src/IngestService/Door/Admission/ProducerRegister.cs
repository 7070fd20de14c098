using System.Collections.Concurrent;
using EdgeEnforcement.IngestService.Projections.Fleet;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>
/// Known producers with their imported keys. Filled on demand from the fleet projection, and by the enrolment door at once, so
/// that a fresh registration need not wait to be projected. A key never changes, so nothing here grows stale.
/// </summary>
internal sealed class ProducerRegister(IProducerKeys projected)
{
    /// <summary>Signatures of one stream checked side by side: the cores of the smallest machine we run on.</summary>
    public const int VerificationWorkers = 2;

    private readonly ConcurrentDictionary<string, RegisteredProducer> _known = new(StringComparer.Ordinal);

    public RegisteredProducer? Find(string producer)
    {
        if (_known.TryGetValue(producer, out var known))
            return known;
        return projected.Find(producer) is { } key ? Remember(key) : null;
    }

    /// <summary>Null when the key cannot be used; the first key remembered for a name stays.</summary>
    public RegisteredProducer? Remember(ProducerKey key) =>
        RegisteredProducer.Create(key, VerificationWorkers) is { } fresh ? _known.GetOrAdd(key.Producer, fresh) : null;
}
