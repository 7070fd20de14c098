using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Media.Verify;

/// <summary>
/// Files on their way in: every chunk that was acknowledged is there and has the manifest's SHA-256; a state file can be read. What
/// lies in quarantine is what its name says. None of it is the only copy: the sender keeps a file until its media receipt.
/// </summary>
internal sealed class IncomingVerification(IFileSystem files, MediaPaths paths) : IVerification
{
    private readonly List<(VerifiedEntry Entry, ManifestFacts Manifest)> _incoming = [];
    private VerificationReport _report = new(TextWriter.Null);

    public void Begin(VerificationReport report) => _report = report;

    public void Entry(VerifiedEntry entry)
    {
        if (entry.Leaf.Type != (ushort)Record.BodyOneofCase.MediaManifest || entry.Leaf.Flags.HasFlag(LeafFlags.Conflict)
            || entry.Envelope is not { } envelope || !files.Exists(paths.State(entry.Index)))
            return;
        if (EnvelopeReader.TryRead(envelope, out var opened) && opened.Record?.MediaManifest is { } manifest && ManifestShape.Fault(manifest) is null)
            _incoming.Add((entry, new ManifestFacts(entry.Index, Sha256Hash.FromBytes(manifest.Digests[0].Value.Span), manifest)));
    }

    public void End(bool complete)
    {
        foreach (var (_, manifest) in _incoming)
        {
            try
            {
                CheckIncoming(manifest);
            }
            catch (IOException e)
            {
                _report.Difference(paths.Data(manifest.Index), null, manifest.Index, e.Message);
            }
        }
        foreach (var name in files.EnumerateFiles(paths.QuarantineDirectory))
            CheckQuarantined(name);
    }

    private void CheckIncoming(ManifestFacts manifest)
    {
        var path = paths.State(manifest.Index);
        if (UploadStateFile.Read(files, path, manifest) is not { State: var state })
        {
            _report.Difference(path, null, manifest.Index, "the upload's state cannot be read; the upload starts over");
            return;
        }
        if (UploadStateFile.DamagedSlot(files, path, manifest) is { } slot)
            _report.Difference(path, slot, manifest.Index, "one of the state's two slots does not check: a write that was cut short, or damage");
        if (state.Stage != UploadStage.Receiving || !files.Exists(paths.Data(manifest.Index)))
            return;
        using var data = files.OpenExisting(paths.Data(manifest.Index), FileAccess.Read);
        var piece = new byte[Math.Min(manifest.ChunkBytes, Math.Max(1, manifest.SizeBytes))];
        for (uint chunk = 0; chunk < manifest.ChunkCount; chunk++)
        {
            var bytes = piece.AsSpan(0, manifest.ChunkLength(chunk));
            if (state.Chunks.Contains(chunk)
                && (data.Read(bytes, manifest.ChunkOffset(chunk)) != bytes.Length || Sha256Hash.Of(bytes) != manifest.ChunkHash(chunk)))
                _report.Difference(paths.Data(manifest.Index), manifest.ChunkOffset(chunk), manifest.Index,
                    string.Create(CultureInfo.InvariantCulture, $"chunk {chunk} was acknowledged and is not the manifest's"));
        }
    }

    private void CheckQuarantined(string name)
    {
        var path = Path.Combine(paths.QuarantineDirectory, name);
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || !ulong.TryParse(name.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var manifest)
            || !Sha256Hash.TryParse(name[(dash + 1)..], out var expected))
        {
            _report.Difference(path, null, null, "nothing is quarantined under such a name");
            return;
        }
        using var file = files.OpenExisting(path, FileAccess.Read);
        var found = Hash(file);
        if (found != expected)
            _report.Difference(path, null, manifest, $"the quarantined file has SHA-256 {found}");
    }

    private static Sha256Hash Hash(IFile file)
    {
        using var hasher = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        var piece = new byte[1 << 20];
        long offset = 0;
        for (int read; (read = file.Read(piece, offset)) > 0; offset += read)
            hasher.AppendData(piece, 0, read);
        return Sha256Hash.FromBytes(hasher.GetHashAndReset());
    }
}
