using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Centre;

/// <summary>A ledger in memory with real leaves, a real tree and signed checkpoints; what it is told to do wrong, it does.</summary>
internal sealed class FakeLedger
{
    public const string Origin = "test.example/shard-1";

    private readonly Lock _lock = new();
    private readonly NoteSigner _signer = new(Origin, SigningKey.Create());
    private readonly List<(byte[] Leaf, byte[] Salt, byte[] Envelope)> _entries = [];
    private readonly Dictionary<(uint, RecordClass, ulong), int> _known = [];
    private readonly Dictionary<int, int> _stored = [];

    public string VerifierKey => _signer.VerifierKey;

    public uint Epoch { get; set; }

    /// <summary>Leaf hashes are no longer those of the entries: every later checkpoint is of another history.</summary>
    public bool Forked { get; set; }

    /// <summary>The same for the entries below this one only: what lies above has true proofs in a tree that does not continue the last.</summary>
    public int ForkedBelow { get; set; }

    public IReadOnlyList<Record> Records
    {
        get
        {
            lock (_lock)
                return [.. _entries.Select(e => EnvelopeReader.TryRead(e.Envelope, out var o) ? o.Record! : throw new InvalidDataException())];
        }
    }

    public byte[] EnvelopeAt(ulong index)
    {
        lock (_lock)
            return _entries[(int)index].Envelope;
    }

    public EntryAnswer EntryAt(ulong index)
    {
        lock (_lock)
        {
            var (leaf, salt, envelope) = _entries[(int)index];
            return new EntryAnswer { Index = index, Leaf = ByteString.CopyFrom(leaf), Salt = ByteString.CopyFrom(salt), Envelope = ByteString.CopyFrom(envelope) };
        }
    }

    /// <summary>An act on the registers; its index.</summary>
    public ulong Register(RegisterChanged act, LeafOrigin origin = LeafOrigin.Operator) => Append(UnsignedEnvelope.Seal(new Record
    {
        Identity = new RecordIdentity { Producer = "desk", Epoch = 1, RecordClass = RecordClass.P0, Sequence = Size + 1 },
        RegisterChanged = act,
    }), origin).Index;

    public Receipt Append(byte[] envelope, LeafOrigin origin = LeafOrigin.Producer)
    {
        Assert.True(EnvelopeReader.TryRead(envelope, out var opened), opened.Fault.ToString());
        var identity = opened.Identity!;
        lock (_lock)
        {
            var key = (identity.Epoch, identity.RecordClass, identity.Sequence);
            var code = ReceiptCode.Appended;
            if (origin == LeafOrigin.Producer && _known.TryGetValue(key, out var original))
            {
                if (EnvelopeBytes.SamePayload(_entries[original].Envelope, envelope))
                    return ReceiptFor(original, ReceiptCode.Duplicate);
                code = ReceiptCode.Conflict;
            }
            var salt = new byte[Commitment.SaltBytes];
            salt[0] = (byte)_entries.Count;
            _entries.Add((LeafFormat.ToArray(new Leaf
            {
                Origin = origin,
                Class = (byte)identity.RecordClass,
                Flags = code == ReceiptCode.Conflict ? LeafFlags.Conflict : LeafFlags.None,
                Type = opened.RecordType,
                Producer = identity.Producer,
                Epoch = identity.Epoch,
                Sequence = identity.Sequence,
                EnvelopeLength = (uint)envelope.Length,
                IngestTimeMicros = 1,
                Commitment = Commitment.Compute(salt, envelope),
            }), salt, envelope));
            if (origin == LeafOrigin.Producer)
                _known.TryAdd(key, _entries.Count - 1);
            return ReceiptFor(_entries.Count - 1, code);
        }
    }

    /// <summary>The receipt of MediaStored for a manifest, made once.</summary>
    public FinishAnswer Store(ulong manifestIndex, MediaManifest manifest)
    {
        lock (_lock)
        {
            if (!_stored.TryGetValue((int)manifestIndex, out var at))
                _stored.Add((int)manifestIndex, at = AppendStored(manifestIndex, manifest));
            return AnswerFor(at);
        }
    }

    /// <summary>A receipt that holds, of a MediaStored that nothing was stored for.</summary>
    public FinishAnswer Invent(ulong manifestIndex, MediaManifest manifest)
    {
        lock (_lock)
            return AnswerFor(AppendStored(manifestIndex, manifest));
    }

    private int AppendStored(ulong manifestIndex, MediaManifest manifest) => (int)Append(UnsignedEnvelope.Seal(new Record
    {
        Identity = new RecordIdentity { Producer = "ledger", Epoch = 1, RecordClass = RecordClass.P0, Sequence = (ulong)_entries.Count },
        MediaStored = new MediaStored { ManifestIndex = manifestIndex, Sha256 = manifest.Digests[0].Value, SizeBytes = manifest.SizeBytes, Generation = 1 },
    }), LeafOrigin.Ledger).Index;

    private FinishAnswer AnswerFor(int at) => new()
    {
        Receipt = ReceiptFor(at, ReceiptCode.Appended),
        StoredEnvelope = ByteString.CopyFrom(_entries[at].Envelope),
    };

    public ulong Size
    {
        get
        {
            lock (_lock)
                return (ulong)_entries.Count;
        }
    }

    public byte[] Note()
    {
        lock (_lock)
            return new Checkpoint(Origin, (ulong)_entries.Count, Root(0, _entries.Count)).Sign(_signer).Render();
    }

    public IEnumerable<ByteString> Inclusion(int index, int size)
    {
        lock (_lock)
            return ProofPath.ToWire(Path(index, 0, size));
    }

    public IEnumerable<ByteString> Consistency(int from, int to)
    {
        lock (_lock)
            return ProofPath.ToWire(SubProof(from, 0, to, complete: true));
    }

    private Receipt ReceiptFor(int index, ReceiptCode code) => new()
    {
        Origin = Origin,
        Index = (ulong)index,
        DurableSize = (ulong)_entries.Count,
        Leaf = ByteString.CopyFrom(_entries[index].Leaf),
        Salt = ByteString.CopyFrom(_entries[index].Salt),
        Code = code,
    };

    private static int Split(int count)
    {
        var k = 1;
        while (k * 2 < count)
            k *= 2;
        return k;
    }

    private Sha256Hash Root(int start, int end) => (end - start) switch
    {
        0 => MerkleHashing.EmptyRoot,
        1 => MerkleHashing.Leaf(Forked || start < ForkedBelow ? [.. _entries[start].Leaf, 1] : _entries[start].Leaf),
        var n => MerkleHashing.Node(Root(start, start + Split(n)), Root(start + Split(n), end)),
    };

    private List<Sha256Hash> Path(int index, int start, int end)
    {
        if (end - start <= 1)
            return [];
        var k = start + Split(end - start);
        return index < k ? [.. Path(index, start, k), Root(k, end)] : [.. Path(index, k, end), Root(start, k)];
    }

    private List<Sha256Hash> SubProof(int m, int start, int end, bool complete)
    {
        if (m == end - start)
            return complete ? [] : [Root(start, end)];
        var k = Split(end - start);
        return m <= k
            ? [.. SubProof(m, start, start + k, complete), Root(start + k, end)]
            : [.. SubProof(m - k, start + k, end, false), Root(start, start + k)];
    }
}
