using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger.Erasure;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>
/// Everything the sequencer decides by, as of the last appended entry. Written by the sequencer's thread alone; hello and the
/// desk read beside it, hence the lock. Recovery builds it with the same <see cref="Apply"/> calls as live appends.
/// </summary>
internal sealed class SequencerState : IProducerMarks
{
    private readonly Lock _lock = new();
    private readonly Dictionary<NumberingKey, Numbering> _numberings = [];
    private readonly Dictionary<string, uint> _epochs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ulong> _streams = new(StringComparer.Ordinal);
    private readonly Dictionary<ConflictKey, ulong> _conflicts = [];

    // Confirmed at hello, not yet in any record: two clones that ask at once must not get the same epoch. Lost in a restart.
    private readonly Dictionary<string, uint> _confirmed = new(StringComparer.Ordinal);

    /// <summary>
    /// Set on a ledger that was restored: a producer may number in an epoch that was confirmed in the part that was lost.
    /// </summary>
    public bool TakesEpochsAhead { get; set; }

    /// <summary>Entries below are applied.</summary>
    public ulong Size { get; set; }

    /// <summary>Ingest time of the last entry; time does not run backwards within a ledger.</summary>
    public long LastIngestMicroseconds { get; set; }

    /// <summary>One above the newest entry that is neither a reading nor a status: what a decision about content must have seen.</summary>
    public ulong ContentEnd { get; set; }

    /// <summary>Written when a deletion leaf is durable; every reader asks it.</summary>
    public ErasedEntries Erased { get; } = new();

    /// <summary>Held by the sequencer for one group, and by readers for one question.</summary>
    public Lock.Scope Enter() => _lock.EnterScope();

    public uint EpochOf_NeedsLock(string producer) => _epochs.GetValueOrDefault(producer);

    public Numbering NumberingOf_NeedsLock(NumberingKey key)
    {
        if (!_numberings.TryGetValue(key, out var numbering))
            _numberings.Add(key, numbering = new Numbering(key, new SequenceMarks()));
        return numbering;
    }

    public Numbering? FindNumbering_NeedsLock(NumberingKey key) => _numberings.GetValueOrDefault(key);

    public IEnumerable<Numbering> Numberings_NeedsLock => _numberings.Values;

    public IReadOnlyDictionary<string, uint> Epochs_NeedsLock => _epochs;

    public IReadOnlyDictionary<string, ulong> Streams_NeedsLock => _streams;

    public IReadOnlyDictionary<ConflictKey, ulong> Conflicts_NeedsLock => _conflicts;

    public ulong VersionOf_NeedsLock(string stream) => _streams.GetValueOrDefault(stream);

    public ulong? ConflictEntry_NeedsLock(ConflictKey key) => _conflicts.TryGetValue(key, out var index) ? index : null;

    /// <summary>Takes the record's number and remembers where it lies.</summary>
    public void ApplyIdentity_NeedsLock(Numbering numbering, ulong sequence, ulong index)
    {
        numbering.Marks.Take(sequence);
        numbering.Open[sequence] = index;
        if (numbering.Key.Epoch > _epochs.GetValueOrDefault(numbering.Key.Producer))
            _epochs[numbering.Key.Producer] = numbering.Key.Epoch;
    }

    public void ApplyPreconditions_NeedsLock(IReadOnlyList<StreamPrecondition> preconditions)
    {
        foreach (var precondition in preconditions)
            _streams[precondition.Stream] = _streams.GetValueOrDefault(precondition.Stream) + 1;
    }

    public void ApplyConflict_NeedsLock(ConflictKey key, ulong index) => _conflicts[key] = index;

    /// <summary>A fingerprint is a digest of content, and some streams are named by one: after an erasure neither may stay.</summary>
    public void Forget_NeedsLock(IEnumerable<string> streams)
    {
        foreach (var stream in streams)
            _streams.Remove(stream);
        foreach (var (conflict, index) in _conflicts.ToArray())
            if (Erased.Covers(index))
                _conflicts.Remove(conflict);
    }

    /// <summary>In a replay: facts that were erased had moved the stream.</summary>
    public void Advance_NeedsLock(StreamAdvance advance) =>
        _streams[advance.Stream] = _streams.GetValueOrDefault(advance.Stream) + advance.Count;

    public void Restore_NeedsLock(string producer, uint epoch) => _epochs[producer] = epoch;

    public void Restore_NeedsLock(NumberingKey key, SequenceMarks marks) => _numberings[key] = new Numbering(key, marks);

    public void RestoreStream_NeedsLock(string stream, ulong version) => _streams[stream] = version;

    public uint? ConfirmEpoch(string producer, uint epoch, bool newEpoch)
    {
        using var _ = Enter();
        var highest = Math.Max(_epochs.GetValueOrDefault(producer), _confirmed.GetValueOrDefault(producer));
        uint? answer = newEpoch ? (highest == uint.MaxValue ? null : Math.Max(epoch, highest + 1))
            : epoch > highest && TakesEpochsAhead ? epoch
            : highest == 0 ? (epoch <= 1 ? 1 : null)
            : epoch == 0 || epoch == highest ? highest
            : null;
        if (answer is { } confirmed)
            _confirmed[producer] = confirmed;
        return answer;
    }

    public IReadOnlyList<SequenceMark> Marks(string producer, uint epoch)
    {
        using var _ = Enter();
        var marks = new List<SequenceMark>();
        foreach (var recordClass in (ReadOnlySpan<RecordClass>)[RecordClass.P0, RecordClass.P1, RecordClass.P2])
            if (FindNumbering_NeedsLock(new NumberingKey(producer, epoch, recordClass)) is { Marks.High: > 0 } numbering)
                marks.Add(new SequenceMark { RecordClass = recordClass, LastSequence = numbering.Marks.High });
        return marks;
    }

    public ulong GapCount(string producer)
    {
        using var _ = Enter();
        var epoch = EpochOf_NeedsLock(producer);
        ulong sum = 0;
        foreach (var recordClass in (ReadOnlySpan<RecordClass>)[RecordClass.P0, RecordClass.P1, RecordClass.P2])
            sum += FindNumbering_NeedsLock(new NumberingKey(producer, epoch, recordClass))?.Marks.MissingCount ?? 0;
        return sum;
    }

    public ulong StreamVersion(string stream)
    {
        using var _ = Enter();
        return VersionOf_NeedsLock(stream);
    }
}
