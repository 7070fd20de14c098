using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EdgeAgent.Media.Catalog;

/// Which file of which recorder is known, how far its custody has come, and where each recorder's chain ends.
///
/// It owns no file: the manifests and custody events in the P0 spool are the truth, and this is what they say. Replay at start and
/// Apply afterwards are the same function, so a kill at any point leaves nothing to reconcile but files without a manifest (copied
/// again) and manifests without STATION_COPIED (checked again).
internal sealed class MediaCatalog
{
    private readonly Lock _lock = new();
    private readonly Dictionary<RecordKey, CatalogEntry> _byKey = [];
    private readonly HashSet<RecordKey> _open = [];
    private readonly Dictionary<Sha256Hash, RecordKey> _byManifest = [];
    private readonly Dictionary<(string Recorder, string Path), List<RecordKey>> _byPath = [];
    private readonly Dictionary<string, Sha256Hash> _chainEnds = new(StringComparer.Ordinal);

    /// Raised after each change.
    public AppendSignal Changed { get; } = new();

    public int Count
    {
        get
        {
            lock (_lock)
                return _byKey.Count;
        }
    }

    /// What is not yet attested to be at the centre: the upload's work list.
    public IReadOnlyList<CatalogEntry> NotAtCentre()
    {
        lock (_lock)
            return [.. _open.Select(k => _byKey[k])];
    }

    public int NotAtCentreCount
    {
        get
        {
            lock (_lock)
                return _open.Count;
        }
    }

    public void Replay(AgentSpool spool)
    {
        foreach (var log in spool.All.Where(s => s.Class == RecordClass.P0))
            foreach (var (key, envelope) in log.ReadChecked())
                if (EnvelopeReader.TryRead(envelope, out var opened) && opened.Record is { } record)
                    Apply(key, record, opened.PayloadHash);
                else
                    throw new InvalidDataException($"Record {key} of the spool cannot be read: {opened.Fault}.");
    }

    public void Apply(SpooledRecord spooled)
    {
        if (!EnvelopeReader.TryRead(spooled.Envelope, out var opened))
            throw new InvalidDataException($"Record {spooled.Key} of the spool cannot be read: {opened.Fault}.");
        Apply(spooled.Key, spooled.Record, opened.PayloadHash);
    }

    public CatalogEntry? Find(RecordKey key)
    {
        lock (_lock)
            return _byKey.GetValueOrDefault(key);
    }

    /// The manifest of exactly this content under this path of this recorder.
    public CatalogEntry? Find(string recorder, string path, Sha256Hash content)
    {
        lock (_lock)
            return _byPath.TryGetValue((recorder, path), out var keys)
                ? keys.Select(k => _byKey[k]).FirstOrDefault(e => e.ContentHash == content)
                : null;
    }

    /// The last manifest in the chain of (recorder, this dock); null before the first docking.
    public Sha256Hash? ChainEnd(string recorder)
    {
        lock (_lock)
            return _chainEnds.TryGetValue(recorder, out var end) ? end : null;
    }

    public IReadOnlyList<CatalogEntry> Where(Func<CatalogEntry, bool> wanted)
    {
        lock (_lock)
            return [.. _byKey.Values.Where(wanted)];
    }

    /// The centre lost the file: its upload is due again. What the spool says of the first time stays as it is.
    public void Reopen(RecordKey key)
    {
        lock (_lock)
        {
            _byKey[key] = _byKey[key] with { CentreStored = false };
            _open.Add(key);
        }
        Changed.Raise();
    }

    private void Apply(RecordKey key, Record record, Sha256Hash payloadHash)
    {
        lock (_lock)
        {
            if (record.BodyCase == Record.BodyOneofCase.MediaManifest)
                Add(new CatalogEntry(key, payloadHash, record.MediaManifest));
            else if (record.BodyCase == Record.BodyOneofCase.CustodyEvent
                && Sha256Hash.TryFromBytes(record.CustodyEvent.ManifestSha256.Span, out var manifest)
                && _byManifest.TryGetValue(manifest, out var about))
                Move(about, record.CustodyEvent.Kind);
            else
                return;
        }
        Changed.Raise();
    }

    private void Add(CatalogEntry entry)
    {
        if (!_byKey.TryAdd(entry.Key, entry))
            return;
        _open.Add(entry.Key);
        var manifest = entry.Manifest;
        _byManifest[entry.ManifestHash] = entry.Key;
        if (!_byPath.TryGetValue((manifest.Recorder, manifest.OriginalPath), out var keys))
            _byPath[(manifest.Recorder, manifest.OriginalPath)] = keys = [];
        keys.Add(entry.Key);
        _chainEnds[manifest.Recorder] = entry.ManifestHash;
    }

    private void Move(RecordKey key, CustodyEventKind kind)
    {
        var entry = _byKey[key];
        if (kind == CustodyEventKind.CentreStored)
            _open.Remove(key);
        _byKey[key] = kind switch
        {
            CustodyEventKind.StationCopied => entry with { StationCopied = true },
            CustodyEventKind.CentreStored => entry with { CentreStored = true },
            _ => entry,
        };
    }
}
