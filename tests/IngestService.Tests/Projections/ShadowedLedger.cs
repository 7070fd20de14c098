using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Door.Presence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Append;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Tests.Faults;
using EdgeEnforcement.IngestService.Tests.Ledger;
using EdgeEnforcement.Testing;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Projections;

/// <summary>
/// The real ledger on a shadow disk, its phases called by the test: what is written and not flushed is there for as long as the test
/// likes. Its reader fails whoever is given more than was flushed.
/// </summary>
internal sealed class ShadowedLedger : ILedgerReader
{
    private readonly LedgerFixture _fixture = new();
    private LedgerCore? _core;
    private AppendItem[] _staged = [];
    private ulong _flushed;

    public ShadowedLedger(ShadowFileSystem? disk = null)
    {
        _fixture.Disk = disk ?? new ShadowFileSystem();
        _fixture.Options.SegmentBytes = 16 << 10;
        Open();
    }

    /// <summary>For another ledger that goes on from here; nothing was ever signed, so it may have a key of its own.</summary>
    public ShadowFileSystem DurableCopy() => _fixture.Disk.DurableCopy();

    public ulong DurableSize => Core.Reader.DurableSize;

    public ulong ErasedThrough => Core.Reader.ErasedThrough;

    public IReadOnlyList<EdgeEnforcement.IngestService.Ledger.Erasure.IndexRange> ErasedRanges => Core.Reader.ErasedRanges;

    private LedgerCore Core => _core ?? throw new InvalidOperationException("The ledger is not open.");

    /// <summary>The story's entries as they would come in again: the service's own and the operators' get their numbers here.</summary>
    public void Stage(IEnumerable<LedgerEntry> story)
    {
        _staged = [.. story.Where(entry => !entry.Leaf.Flags.HasFlag(LeafFlags.Conflict)).Select(ItemOf)];
        Core.Sequencer.Stage(_staged);
    }

    public void Flush()
    {
        // Before the flush, inside which readers are told: they may be quicker than this thread.
        Volatile.Write(ref _flushed, ulong.MaxValue);
        Core.Sequencer.Flush();
        Core.Sequencer.Complete(_staged);
        Volatile.Write(ref _flushed, Core.Reader.DurableSize);
    }

    public void Append(IEnumerable<LedgerEntry> story)
    {
        Stage(story);
        Flush();
    }

    /// <summary>Power cut and start; a cut is an entry, as at every start.</summary>
    public void Crash(CrashMode mode, int seed)
    {
        _fixture.Disk.Crash(mode, seed);
        Open();
    }

    private void Open()
    {
        _core = LedgerCore.Open(_fixture.SettingWith(fillSalts: null, seals: directory => new SealWriter(directory)));
        Volatile.Write(ref _flushed, Core.Reader.DurableSize);
        if (Core.Report.Cut is not { } cut)
            return;
        _staged = [new AppendItem(LeafOrigin.Ledger, new Record { TailCut = new TailCut { File = cut.File, NextIndex = cut.FirstLost.Value } })];
        Core.Sequencer.Stage(_staged);
        Flush();
    }

    private static AppendItem ItemOf(LedgerEntry entry)
    {
        var record = Record.Parser.ParseFrom(SignedEnvelope.Parser.ParseFrom(entry.Envelope.Span).Payload);
        if (entry.Leaf.Origin == LeafOrigin.Door)
        {
            var envelope = PresenceRecords.Seal(record.DevicePresence, out var sequenceOffset);
            return new AppendItem(new MessageDraft(entry.Leaf.Type, envelope, sequenceOffset, LeafFlags.None, new Unheard(), 0));
        }
        if (entry.Leaf.Origin is not (LeafOrigin.Producer or LeafOrigin.Clerk))
        {
            record.Identity = null;
            return new AppendItem(entry.Leaf.Origin, record);
        }
        return new AppendItem(new AppendRequest
        {
            Origin = entry.Leaf.Origin, Identity = record.Identity, Type = entry.Leaf.Type, Envelope = entry.Envelope,
            PayloadFingerprint = PayloadFingerprint.Of(entry.Envelope), Preconditions = [.. record.Preconditions],
        });
    }

    public LedgerEntry Read(EntryIndex index) => Flushed(Core.Reader.Read(index));

    public IReadOnlyList<LedgerEntry> ReadFrom(EntryIndex from, int maxCount) => [.. Core.Reader.ReadFrom(from, maxCount).Select(Flushed)];

    public ValueTask WaitBeyondAsync(ulong size, CancellationToken cancellation) => Core.Reader.WaitBeyondAsync(size, cancellation);

    private sealed class Unheard : IMessageSink
    {
        public void Appended(int token, EntryIndex index)
        {
        }

        public void Refused(int token, RefusalDetail refusal) => throw new InvalidOperationException(refusal.Detail);

        public void Failed(int token, Exception cause)
        {
        }

        public void GroupEnded()
        {
        }
    }

    private LedgerEntry Flushed(LedgerEntry entry) => entry.Index.Value < Volatile.Read(ref _flushed)
        ? entry
        : throw new InvalidOperationException($"entry {entry.Index.Value} was given out, and the disk was told to keep {_flushed}");
}
