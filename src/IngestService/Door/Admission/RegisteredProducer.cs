using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Fleet;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>
/// A producer and its key, imported once. A key checks one signature at a time, so there is one per verification worker;
/// they are handed out in turn.
/// </summary>
internal sealed class RegisteredProducer
{
    private readonly VerificationKey[] _keys;
    private int _turn;

    private RegisteredProducer(ProducerKey key, VerificationKey[] keys)
    {
        Key = key;
        _keys = keys;
    }

    public ProducerKey Key { get; }

    public string Name => Key.Producer;

    public VerificationKey NextVerifier => _keys[(uint)Interlocked.Increment(ref _turn) % (uint)_keys.Length];

    /// <summary>Null when the stored key is not a P-256 key.</summary>
    public static RegisteredProducer? Create(ProducerKey key, int workers)
    {
        var keys = new VerificationKey[workers];
        for (var i = 0; i < workers; i++)
        {
            if (!VerificationKey.TryCreate(key.PublicKey, out var parsed))
                return null;
            keys[i] = parsed;
        }
        return new RegisteredProducer(key, keys);
    }
}
