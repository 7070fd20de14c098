using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// What the station's disk holds about a file, as of the moment of looking. It changes nothing there, needs no agent and disturbs none
/// that runs: P0 segments and receipts are only ever added to. A record that a running agent is just writing is not seen.
internal sealed class EvidenceArchive(IFileSystem files, AgentPaths paths) : IAsyncDisposable
{
    private readonly ReceiptStore _receipts = ReceiptStore.OpenReadOnly(files, paths);

    /// Records of the spool that could not be read: any of them may have been the one that was looked for.
    public List<string> Unreadable { get; } = [];

    /// The manifests of exactly this content; where there is none, those under this file name, so that a changed file is shown as changed.
    public IReadOnlyList<EvidenceItem> Find(Sha256Hash content, string fileName)
    {
        if (!files.Exists(paths.SigningKey))
            throw new InvalidDataException($"There is no station in '{paths.Root}'.");
        using var key = SigningKey.FromPem(Encoding.ASCII.GetString(AtomicFile.Read(files, paths.SigningKey) ?? []));
        var pin = new PinnedLedger(files, paths);
        pin.Look();
        var wanted = content.ToArray();
        var (same, named) = (new List<EvidenceItem>(), new List<EvidenceItem>());
        foreach (var (at, envelope, manifest) in Manifests())
            if (manifest.Digests.Any(d => d.Algorithm == DigestAlgorithms.Sha256 && d.Value.Span.SequenceEqual(wanted)))
                same.Add(Item(at, envelope, key.Spki, pin.Current));
            else if (same.Count == 0 && Path.GetFileName(manifest.OriginalPath) == fileName)
                named.Add(Item(at, envelope, key.Spki, pin.Current));
        return same.Count > 0 ? same : named;
    }

    private EvidenceItem Item(RecordKey at, ReadOnlyMemory<byte> envelope, byte[] publicKey, LedgerPin? pin) =>
        new(at, envelope, publicKey, pin)
        {
            Receipt = _receipts.ReadReceipt(at),
            Refusal = _receipts.ReadRefusal(at),
            Proof = _receipts.ReadProof(at, ReceiptKind.RecordProof),
            Media = _receipts.ReadMedia(at),
            MediaProof = _receipts.ReadProof(at, ReceiptKind.MediaProof),
        };

    private IEnumerable<(RecordKey Key, ReadOnlyMemory<byte> Envelope, MediaManifest Manifest)> Manifests()
    {
        foreach (var epoch in paths.Epochs(files))
        {
            var directory = paths.ClassDirectory(epoch, RecordClass.P0);
            // An epoch that a crash cut off before its first record has no log yet.
            if (files.EnumerateFiles(directory).Count == 0)
                continue;
            using var reader = SegmentReader.OpenReadOnly(files, directory);
            foreach (var record in reader.ReadFrom(reader.FirstIndex))
            {
                var key = new RecordKey(epoch, RecordClass.P0, record.Index.Value + 1);
                if (SpoolHead.Parse(record.Head.Span).Type != (ushort)Record.BodyOneofCase.MediaManifest)
                    continue;
                if (record.BodyState == BodyState.Intact
                    && EnvelopeReader.TryRead(record.Body, out var opened) && opened.Record is { MediaManifest: { } manifest })
                    yield return (key, record.Body, manifest);
                else
                    Unreadable.Add($"{key} in {record.File}");
            }
        }
    }

    public ValueTask DisposeAsync() => _receipts.DisposeAsync();
}
