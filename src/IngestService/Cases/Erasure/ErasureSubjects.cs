using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Cases.Erasure;

/// <summary>What the requested entries are about: files, alerts, identities. Everything else that goes is told by these.</summary>
internal sealed class ErasureSubjects
{
    private readonly HashSet<ulong> _requested = [];
    private readonly HashSet<ulong> _manifests = [];
    private readonly HashSet<ByteString> _manifestHashes = [];
    private readonly HashSet<string> _alerts = new(StringComparer.Ordinal);
    private readonly HashSet<(string, uint, byte, ulong)> _identities = [];
    private readonly HashSet<(string Producer, string Recorder, string Path)> _paths = [];

    public IReadOnlyCollection<ulong> Manifests => _manifests;

    public void Add(LedgerEntry entry)
    {
        _requested.Add(entry.Index.Value);
        _identities.Add(IdentityOf(entry));
        ProjectedEntry opened = EntryDecoder.Decode(entry, static _ => true);
        switch (opened.Record)
        {
            case { MediaManifest: { } manifest }:
                _manifests.Add(entry.Index.Value);
                _manifestHashes.Add(ByteString.CopyFrom(opened.PayloadSha256.Span));
                if (manifest.OriginalPath.Length > 0)
                    _paths.Add((entry.Leaf.Producer, manifest.Recorder, manifest.OriginalPath));
                break;
            case { FieldAlert: { } alert }:
                _alerts.Add(alert.EpisodeId);
                break;
            case { AlertOpened: { } alert }:
                _alerts.Add(alert.AlertId);
                break;
            case { AlertRecomputed: { } alert }:
                _alerts.Add(alert.AlertId);
                break;
        }

        _alerts.Remove("");
    }

    public bool IsRequested(ulong index) => _requested.Contains(index);

    public bool IsManifest(ulong index) => _manifests.Contains(index);

    public bool HasManifest(ByteString payloadSha256) => _manifestHashes.Contains(payloadSha256);

    public bool HasAlert(string alertId) => _alerts.Contains(alertId);

    public bool HasIdentity(LedgerEntry entry) => _identities.Contains(IdentityOf(entry));

    public bool HasPath(string producer, CustodyEvent custody) =>
        custody.Paths.Any(path => _paths.Contains((producer, custody.Recorder, path)));

    private static (string, uint, byte, ulong) IdentityOf(LedgerEntry entry) =>
        (entry.Leaf.Producer, entry.Leaf.Epoch, entry.Leaf.Class, entry.Leaf.Sequence);
}
