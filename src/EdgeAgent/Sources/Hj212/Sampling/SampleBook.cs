using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Sampling;

/// Which samples are wanted and have no recorded outcome yet, and how far P0 was looked through for alerts that want one. Memory follows the
/// file: what could not be written did not happen. Owned by SamplePump's loop.
///
///   hj212-samples.json: { "Cursor": { "Epoch": 1, "Sequence": 17 }, "Requests": [ { "Mn": ..., "Episode": ... } ] }, then the file's own SHA-256 (SealedFile)
///
///  1 the alert is durable in P0              4 the station is asked (3015)
///  2 request and cursor are in the file      5 the exchange with its outcome is durable in P2
///  3 "asked" is in the file                  6 the request is struck off
///
/// Killed before 2: P0 is read again from the cursor. Between 2 and 3: it is asked after the start, as long as it is worth it. Between 3 and 5
/// nobody knows whether the station heard of it; it is not asked again, and the exchange says `interrupted`. Between 5 and 6: the exchange
/// is found in P2.
internal sealed class SampleBook(AgentSpool spool, IFileSystem files, AgentPaths paths, ILogger<SampleBook> log)
{
    // How far back a first look goes, and how many records of P0 a start reads again at most.
    private const int FirstLook = 4096;
    private const ulong SaveEvery = 1024;

    private sealed record Saved(SpoolCursor Cursor, IReadOnlyList<SampleRequest> Requests);

    private readonly string _path = Path.Combine(paths.Root, "hj212-samples.json");
    private Saved _saved = new(default, []);

    public SpoolCursor Cursor { get; private set; }

    /// Alerts said before are none of its business.
    public DateTimeOffset NotBefore { get; private set; }

    public IReadOnlyList<SampleRequest> Requests => _saved.Requests;

    /// <param name="firstFrom">Without a file: what was said from here on is looked at. A damaged file does not say what was asked: then from now.</param>
    public void Open(DateTimeOffset firstFrom, DateTimeOffset now)
    {
        try
        {
            if (SealedFile.ReadDurable(files, _path) is { } bytes && JsonSerializer.Deserialize<Saved>(bytes) is { } saved)
            {
                (_saved, Cursor) = (saved, saved.Cursor);
                StrikeRecorded();
                return;
            }
            NotBefore = firstFrom;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            log.SampleBookDamaged(e.Message);
            NotBefore = now;
        }
        Cursor = SpoolCursor.BeforeTail(spool, RecordClass.P0, FirstLook);
    }

    /// No station here keeps samples any more.
    public void Delete()
    {
        if (files.Exists(_path))
            files.Delete(_path);
    }

    public void Take(SpoolCursor cursor, IReadOnlyCollection<SampleRequest> found)
    {
        if (found.Count > 0 || cursor.Epoch != _saved.Cursor.Epoch || cursor.Sequence - _saved.Cursor.Sequence >= SaveEvery)
            Save(new Saved(cursor, [.. Requests, .. found]));
        Cursor = cursor;
    }

    /// In the place of the one of the same episode.
    public void Put(SampleRequest request) => Save(new Saved(Cursor, [.. Requests.Select(r => r.Episode == request.Episode ? request : r)]));

    public void Strike(SampleRequest request) => Save(new Saved(Cursor, [.. Requests.Where(r => r.Episode != request.Episode)]));

    private void StrikeRecorded()
    {
        if (Requests.Count == 0)
            return;
        var from = Requests.Select(r => r.Before).MinBy(b => (b.Epoch, b.Sequence));
        var recorded = SpoolCursor.ReadAfter(spool, RecordClass.P2, from)
            .Where(r => r.Record.DeviceExchange is not null).Select(r => (r.Record.SourceDevice, r.Record.DeviceExchange.Reason)).ToHashSet();
        Save(new Saved(Cursor, [.. Requests.Where(r => !recorded.Contains((r.Mn, r.Reason)))]));
    }

    private void Save(Saved saved)
    {
        SealedFile.Write(files, _path, JsonSerializer.SerializeToUtf8Bytes(saved));
        _saved = saved;
    }
}
