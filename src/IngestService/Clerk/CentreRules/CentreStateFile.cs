using System.Security.Cryptography;
using EdgeEnforcement.Detection;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Clerk.CentreRules;

/// <summary>
/// DATA/clerk.detection, replaced as a whole. It quotes readings, so it is as erasable as they are: an erasure makes it worthless.
/// </summary>
/// <remarks>
///   "EECD", version u16 | position u64 | deletion leaves below were obeyed u64 | leaf hash of the entry before the position: length u8, bytes
///   count u32, { producer, activation u64, epoch u32, sequence u64, heard at i64, ticked at i64 (ticks, UTC), length u32, snapshot of the engine }
///   SHA-256 of all before (32)                                                                                        little-endian
///
/// The snapshot names the hash of its rule set; the set itself is read from the entry of its activation.
/// </remarks>
internal sealed class CentreStateFile(IFileSystem files, string path)
{
    private const ushort Version = 1;

    /// <summary>Null: there is none that belongs to this ledger at or below this position. The clerk may have been set back to an earlier one.</summary>
    public CentreState? Load(ILedgerReader ledger, RuleSetShelf shelf, ulong position)
    {
        if (DurableFile.ReadDurable(files, path) is not { } bytes)
            return null;
        try
        {
            return Parse(bytes, ledger, shelf, position);
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            // Another program's, or damaged: it is derived, and made again.
            files.Delete(path);
            return null;
        }
    }

    public void Save(CentreState state, ILedgerReader ledger)
    {
        using MemoryStream memory = new();
        using BinaryWriter to = new(memory);
        to.Write("EECD"u8);
        to.Write(Version);
        to.Write(state.Position);
        to.Write(ledger.ErasedThrough);
        byte[] mark = state.Position == 0 ? CursorMark.None : CursorMark.Of(ledger.Read(new EntryIndex(state.Position - 1)));
        to.Write((byte)mark.Length);
        to.Write(mark);
        to.Write(state.Engines.Count);
        foreach (CentreEngine engine in state.Engines)
            Write(to, engine);
        to.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        DurableFile.Replace(files, path, memory.ToArray());
    }

    private static void Write(BinaryWriter to, CentreEngine engine)
    {
        to.Write(engine.Producer);
        to.Write(engine.Activation);
        to.Write(engine.Epoch);
        to.Write(engine.Sequence);
        to.Write(engine.HeardAt.UtcTicks);
        to.Write(engine.TickedAt.UtcTicks);
        byte[] snapshot = engine.Engine.Snapshot();
        to.Write(snapshot.Length);
        to.Write(snapshot);
    }

    private static CentreState? Parse(byte[] bytes, ILedgerReader ledger, RuleSetShelf shelf, ulong position)
    {
        int body = bytes.Length - SHA256.HashSizeInBytes;
        if (body < 0 || !SHA256.HashData(bytes.AsSpan(0, body)).AsSpan().SequenceEqual(bytes.AsSpan(body)))
            throw new InvalidDataException("its content does not match the checksum in it");
        using BinaryReader from = new(new MemoryStream(bytes, 0, body));
        if (!from.ReadBytes(4).AsSpan().SequenceEqual("EECD"u8) || from.ReadUInt16() != Version)
            throw new InvalidDataException("another format");
        ulong at = from.ReadUInt64();
        ulong erased = from.ReadUInt64();
        byte[] mark = from.ReadBytes(from.ReadByte());
        if (erased != ledger.ErasedThrough || CursorMark.Foreign(ledger, at, mark) is not null)
            throw new InvalidDataException("of another ledger, or of before an erasure");
        if (at > position)
            return null;
        List<CentreEngine> engines = [];
        for (int left = from.ReadInt32(); left > 0; left--)
            engines.Add(Read(from, shelf));
        return new CentreState(at, engines);
    }

    private static CentreEngine Read(BinaryReader from, RuleSetShelf shelf)
    {
        string producer = from.ReadString();
        (ulong activation, uint epoch, ulong sequence) = (from.ReadUInt64(), from.ReadUInt32(), from.ReadUInt64());
        (DateTimeOffset heard, DateTimeOffset ticked) = (new(from.ReadInt64(), TimeSpan.Zero), new(from.ReadInt64(), TimeSpan.Zero));
        byte[] snapshot = from.ReadBytes(from.ReadInt32());
        RuleSet rules = shelf.Read(activation, out _) ?? throw new InvalidDataException("its rule set cannot be read");
        return new CentreEngine(producer, DetectionEngine.Restore(snapshot, rules, Decider.Centre, producer))
        {
            Activation = activation, Epoch = epoch, Sequence = sequence, HeardAt = heard, TickedAt = ticked,
        };
    }
}
