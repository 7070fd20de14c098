using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Detection;

/// What detection goes on from: the rule set in force, how far each log was read, the engine's state after that, and what it had decided
/// but may not have appended yet. One file, replaced as a whole.
///
///   "EEDS", version u16 | rule set SHA-256 (32) | P0 mark: epoch u32, sequence u64
///   count u32, { epoch u32, class u8, read to u64 } | count u32, { length u32, Record } | length u32, engine snapshot      little-endian
///   sealed as every small state file: line feed, SHA-256 in hexadecimal
///
/// The P0 mark is the last P0 number before the outbox was appended: whatever of the outbox was said lies behind it.
internal sealed record SavedDetection(
    Sha256Hash RuleSet, uint MarkEpoch, ulong MarkSequence, IReadOnlyDictionary<(uint Epoch, RecordClass Class), ulong> ReadTo,
    IReadOnlyList<Record> Outbox, byte[] Engine)
{
    private const ushort Version = 1;

    public byte[] Format()
    {
        using var memory = new MemoryStream();
        using var to = new BinaryWriter(memory);
        to.Write("EEDS"u8);
        to.Write(Version);
        to.Write(RuleSet.ToArray());
        to.Write(MarkEpoch);
        to.Write(MarkSequence);
        to.Write(ReadTo.Count);
        foreach (var ((epoch, recordClass), read) in ReadTo.OrderBy(r => r.Key))
        {
            to.Write(epoch);
            to.Write((byte)recordClass);
            to.Write(read);
        }
        to.Write(Outbox.Count);
        foreach (var record in Outbox)
            Bytes(to, record.ToByteArray());
        Bytes(to, Engine);
        return memory.ToArray();
    }

    /// <exception cref="InvalidDataException">It is of another version.</exception>
    public static SavedDetection Parse(byte[] bytes)
    {
        if (bytes.Length < 6 || !bytes.AsSpan().StartsWith("EEDS"u8) || BitConverter.ToUInt16(bytes, 4) != Version)
            throw new InvalidDataException($"The state of detection is not of version {Version}.");
        using var from = new BinaryReader(new MemoryStream(bytes, 6, bytes.Length - 6));
        var rules = Sha256Hash.FromBytes(from.ReadBytes(Sha256Hash.SizeBytes));
        var (epoch, sequence) = (from.ReadUInt32(), from.ReadUInt64());
        var read = new Dictionary<(uint, RecordClass), ulong>();
        for (var left = from.ReadInt32(); left > 0; left--)
            read[(from.ReadUInt32(), (RecordClass)from.ReadByte())] = from.ReadUInt64();
        var outbox = new List<Record>();
        for (var left = from.ReadInt32(); left > 0; left--)
            outbox.Add(Record.Parser.ParseFrom(from.ReadBytes(from.ReadInt32())));
        return new SavedDetection(rules, epoch, sequence, read, outbox, from.ReadBytes(from.ReadInt32()));
    }

    private static void Bytes(BinaryWriter to, byte[] bytes)
    {
        to.Write(bytes.Length);
        to.Write(bytes);
    }
}
