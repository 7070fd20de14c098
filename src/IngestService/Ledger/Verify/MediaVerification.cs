using System.Globalization;
using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>Every object that a MediaStored entry promises is in the store, whole, with that hash.</summary>
internal sealed class MediaVerification(IFileSystem files, string objectsDirectory) : IVerification
{
    private const int PieceBytes = 1 << 20;
    private const long ProgressBytes = 1L << 30;

    private readonly HashSet<Sha256Hash> _seen = [];
    private readonly byte[] _piece = new byte[PieceBytes];
    private VerificationReport _report = new(TextWriter.Null);
    private long _readBytes;

    public int ObjectCount => _seen.Count;

    public void Begin(VerificationReport report) => _report = report;

    public void Entry(VerifiedEntry entry)
    {
        if (entry.Leaf.Type != (ushort)Record.BodyOneofCase.MediaStored || entry.Envelope is not { } envelope)
            return;
        if (!EnvelopeReader.TryRead(envelope, out var opened) || opened.Record?.MediaStored is not { } stored
            || !Sha256Hash.TryFromBytes(stored.Sha256.Span, out var hash))
        {
            _report.Difference(entry.File, entry.Offset.Value, entry.Index, "the entry says it stored media, but cannot be read");
            return;
        }
        if (!_seen.Add(hash))
            return;
        var path = Path.Combine(objectsDirectory, hash.ToString()[..2], hash.ToString());
        try
        {
            Check(path, entry, hash, stored.SizeBytes);
        }
        catch (IOException e)
        {
            // A sector that cannot be read is what this looks for; the other objects may still be whole.
            _report.Difference(path, null, entry.Index, e.Message);
        }
    }

    private void Check(string path, VerifiedEntry entry, Sha256Hash expected, ulong sizeBytes)
    {
        if (!files.Exists(path))
        {
            _report.Difference(path, null, entry.Index, "the media object is missing");
            return;
        }
        using var file = files.OpenExisting(path, FileAccess.Read);
        using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long offset = 0;
        for (int read; (read = file.Read(_piece, offset)) > 0; offset += read)
        {
            hasher.AppendData(_piece, 0, read);
            if (_readBytes / ProgressBytes != (_readBytes += read) / ProgressBytes)
                _report.Progress($"{_readBytes / ProgressBytes} GiB of media read");
        }
        if ((ulong)offset != sizeBytes)
            _report.Difference(path, offset, entry.Index, $"the media object has {offset} bytes, the entry says {sizeBytes}");
        else if (Sha256Hash.FromBytes(hasher.GetHashAndReset()) is var found && found != expected)
            _report.Difference(path, null, entry.Index, $"the media object has SHA-256 {found}");
    }

    /// <summary>A crash between the rename and its fact leaves an object that no entry promises: it is said, and is no difference.</summary>
    public void End(bool complete)
    {
        if (!complete)
            return;
        for (var first = 0; first <= byte.MaxValue; first++)
        {
            var directory = Path.Combine(objectsDirectory, first.ToString("x2", CultureInfo.InvariantCulture));
            foreach (var name in files.EnumerateFiles(directory))
                if (!Sha256Hash.TryParse(name, out var hash) || !_seen.Contains(hash))
                    _report.Note($"{Path.Combine(directory, name)}: no entry says that this was stored");
        }
    }
}
