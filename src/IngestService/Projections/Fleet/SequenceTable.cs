using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

/// <summary>
/// Marks and gaps. Marks touched in a batch are kept here until <see cref="Flush"/>; the next in order, by far the commonest
/// case, then costs no SQL at all.
/// </summary>
internal sealed class SequenceTable : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _readMark;
    private readonly SqliteStatement _putMark;
    private readonly SqliteStatement _addGap;
    private readonly SqliteStatement _gapAround;
    private readonly SqliteStatement _dropGap;
    private readonly SqliteStatement _addCertificate;
    private readonly Dictionary<SequenceKey, ulong> _touched = [];

    public SequenceTable(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _readMark = _statements.Prepare("SELECT high FROM mark WHERE producer = $1 AND epoch = $2 AND class = $3");
        _putMark = _statements.Prepare("INSERT OR REPLACE INTO mark VALUES ($1, $2, $3, $4)");
        _addGap = _statements.Prepare("INSERT OR REPLACE INTO gap VALUES ($1, $2, $3, $4, $5)");
        _gapAround = _statements.Prepare("""
            SELECT first, last FROM gap WHERE producer = $1 AND epoch = $2 AND class = $3 AND first <= $4
            ORDER BY first DESC LIMIT 1
            """);
        _dropGap = _statements.Prepare("DELETE FROM gap WHERE producer = $1 AND epoch = $2 AND class = $3 AND first = $4");
        _addCertificate = _statements.Prepare("INSERT OR REPLACE INTO certificate VALUES ($1, $2, $3, $4, $5, $6, $7)");
    }

    public void Seen(SequenceKey key, ulong sequence)
    {
        ulong high = Mark(key);
        if (sequence <= high)
        {
            Fill(key, sequence);
            return;
        }

        if (sequence > high + 1)
            AddGap(key, high + 1, sequence - 1);
        _touched[key] = sequence;
    }

    /// <summary>The producer says it numbered up to <paramref name="last"/>: what the ledger lacks of it is a gap.</summary>
    public void GivenOut(SequenceKey key, ulong last)
    {
        ulong high = Mark(key);
        if (last <= high || last > long.MaxValue)
            return;
        AddGap(key, high + 1, last);
        _touched[key] = last;
    }

    public void Explained(string producer, ulong entryIndex, GapCertificate certificate)
    {
        if (certificate.FirstSequence == 0 || certificate.LastSequence > long.MaxValue
            || certificate.LastSequence < certificate.FirstSequence)
            return; // a certificate of nothing explains nothing
        _addCertificate.Run(entryIndex, producer, (long)certificate.Epoch, certificate.RecordClass,
            certificate.FirstSequence, certificate.LastSequence, certificate.Reason);
        // It says that numbers up to there were given: what the ledger lacks of them shows at once, and as explained.
        GivenOut(new SequenceKey(producer, certificate.Epoch, certificate.RecordClass), certificate.LastSequence);
    }

    public void Flush()
    {
        foreach ((SequenceKey key, ulong high) in _touched)
            _putMark.Run(key.Producer, (long)key.Epoch, key.RecordClass, high);
        _touched.Clear();
    }

    public void Dispose() => _statements.Dispose();

    private ulong Mark(SequenceKey key)
    {
        if (_touched.TryGetValue(key, out ulong high))
            return high;
        high = (ulong)(_readMark.Number(key.Producer, (long)key.Epoch, key.RecordClass) ?? 0);
        _touched[key] = high;
        return high;
    }

    private void Fill(SequenceKey key, ulong sequence)
    {
        Tuple<ulong, ulong>? gap = _gapAround.QueryOne(
            row => Tuple.Create(row.UInt64(0), row.UInt64(1)), key.Producer, (long)key.Epoch, key.RecordClass, sequence);
        if (gap is null || gap.Item2 < sequence)
            return;

        (ulong first, ulong last) = gap;
        _dropGap.Run(key.Producer, (long)key.Epoch, key.RecordClass, first);
        if (first < sequence)
            AddGap(key, first, sequence - 1);
        if (sequence < last)
            AddGap(key, sequence + 1, last);
    }

    private void AddGap(SequenceKey key, ulong first, ulong last) =>
        _addGap.Run(key.Producer, (long)key.Epoch, key.RecordClass, first, last);
}
