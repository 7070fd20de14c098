using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

/// <summary>A ledger in memory with real leaves, real proofs and real signatures. Callers hold the world's lock.</summary>
internal sealed class FakeLedgerBook : IDisposable
{
    private readonly SigningKey _stationKey = SigningKey.Create();
    private readonly List<FakeEntry> _entries = [];
    private SigningKey _key = SigningKey.Create();
    private ulong _sequence;

    public ulong Size => (ulong)_entries.Count;

    public FakeEntry this[ulong index] => _entries[(int)index];

    public NoteSigner Signer => new("ledger.test/ee", _key);

    public ulong Append(Record record, LeafOrigin origin)
    {
        _sequence++;
        record.Identity = new RecordIdentity { Producer = origin == LeafOrigin.Producer ? "station-01" : "desk", Epoch = 1, RecordClass = RecordClass.P0, Sequence = _sequence };
        var envelope = origin == LeafOrigin.Producer ? new EnvelopeSigner(_stationKey).Seal(record) : UnsignedEnvelope.Seal(record);
        var salt = RandomNumberGenerator.GetBytes(Commitment.SaltBytes);
        var leaf = new Leaf
        {
            Origin = origin, Class = 1, Type = (ushort)record.BodyCase, Producer = record.Identity.Producer, Epoch = 1, Sequence = _sequence,
            EnvelopeLength = (uint)envelope.Length, IngestTimeMicros = 1_790_000_000_000_000, Commitment = Commitment.Compute(salt, envelope),
        };
        _entries.Add(new FakeEntry(LeafFormat.ToArray(leaf), salt, envelope));
        return Size - 1;
    }

    public byte[] Note() => new Checkpoint("ledger.test/ee", Size, FakeTree.Root(Hashes(Size))).Sign(Signer).Render();

    public List<Sha256Hash> Inclusion(ulong index, ulong size) => FakeTree.Inclusion((int)index, Hashes(size));

    public List<Sha256Hash> Consistency(ulong from, ulong to) => FakeTree.Consistency((int)from, Hashes(to));

    /// <summary>What lawful deletion leaves: the leaf.</summary>
    public void Erase(ulong index) => _entries[(int)index] = _entries[(int)index] with { Salt = [], Envelope = [] };

    /// <summary>What an intruder with the disk would do: other bytes under the old commitment.</summary>
    public void ForgeEnvelope(ulong index, byte[] envelope) => _entries[(int)index] = _entries[(int)index] with { Envelope = envelope };

    /// <summary>A history rewritten: the leaf is another one, and all roots after it differ.</summary>
    public void ForgeLeaf(ulong index)
    {
        var leaf = _entries[(int)index].Leaf.ToArray();
        leaf[^40] ^= 1; // a bit of the ingest time
        _entries[(int)index] = _entries[(int)index] with { Leaf = leaf };
    }

    public void ChangeKey()
    {
        _key.Dispose();
        _key = SigningKey.Create();
    }

    public void Dispose()
    {
        _key.Dispose();
        _stationKey.Dispose();
    }

    private Sha256Hash[] Hashes(ulong size) => [.. _entries.Take((int)size).Select(entry => entry.Hash)];
}
