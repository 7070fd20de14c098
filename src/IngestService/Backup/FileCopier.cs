using System.Security.Cryptography;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Backup;

/// <summary>
/// Copies files so that a name stands for whole, flushed bytes: written beside, flushed, renamed. The directories are synced by
/// <see cref="Sync"/>, once for all files.
/// </summary>
internal sealed class FileCopier(IFileSystem files, TextWriter output)
{
    private const int PieceBytes = 1 << 20;
    private const long ProgressBytes = 1L << 30;
    private const string UnfinishedExtension = ".part";

    private readonly HashSet<string> _directories = new(StringComparer.Ordinal);
    private readonly byte[] _piece = new byte[PieceBytes];
    private long _bytes;

    public int CopiedCount { get; private set; }

    /// <summary>Of what lies there now; <paramref name="length"/> bytes, or fewer if the file ends before.</summary>
    public (long Bytes, Sha256Hash Sha256) Hash(string path, long length = long.MaxValue) => Run(path, null, length);

    /// <summary>The hash is that of the bytes written, whatever becomes of the source meanwhile.</summary>
    public (long Bytes, Sha256Hash Sha256) Copy(string source, string target, long length = long.MaxValue)
    {
        var directory = Path.GetDirectoryName(target)!; // targets are files in directories
        if (_directories.Add(directory))
            files.CreateDirectory(directory);
        var unfinished = target + UnfinishedExtension;
        if (files.Exists(unfinished))
            files.Delete(unfinished);
        (long, Sha256Hash) copied;
        using (var file = files.CreateNew(unfinished))
        {
            copied = Run(source, file, length);
            file.Flush();
        }
        files.Replace(unfinished, target);
        CopiedCount++;
        return copied;
    }

    public void Write(string target, ReadOnlySpan<byte> bytes)
    {
        var directory = Path.GetDirectoryName(target)!; // targets are files in directories
        if (_directories.Add(directory))
            files.CreateDirectory(directory);
        Ledger.DurableFile.Write(files, target, bytes);
    }

    public void Delete(string target)
    {
        if (!files.Exists(target))
            return;
        files.Delete(target);
        _directories.Add(Path.GetDirectoryName(target)!); // targets are files in directories
    }

    /// <summary>On return every name made or removed so far is durable.</summary>
    public void Sync()
    {
        foreach (var directory in _directories)
            files.SyncDirectory(directory);
        _directories.Clear();
    }

    private (long Bytes, Sha256Hash Sha256) Run(string path, IFile? copy, long length)
    {
        using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var source = files.OpenExisting(path, FileAccess.Read);
        long offset = 0;
        while (offset < length)
        {
            var read = source.Read(_piece.AsSpan(0, (int)Math.Min(PieceBytes, length - offset)), offset);
            if (read == 0)
                break;
            hasher.AppendData(_piece, 0, read);
            copy?.Write(_piece.AsSpan(0, read), offset);
            offset += read;
            if (_bytes / ProgressBytes != (_bytes += read) / ProgressBytes)
                output.WriteLine($"... {_bytes / ProgressBytes} GiB read");
        }
        return (offset, Sha256Hash.FromBytes(hasher.GetHashAndReset()));
    }
}
