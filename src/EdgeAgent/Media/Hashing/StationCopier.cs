using System.Security.Cryptography;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Media.Hashing;

/// Copies one file from a recorder into the station store:
///  1 read it once; the bytes that are hashed are the bytes that are written;
///  2 look at the source again: another size or time means that it changed under us, and the copy is thrown away;
///  3 flush the copy, read it back and compare the hash;
///  4 give it its name, sync the directory.
/// A crash before 4 leaves a file in incoming that the next start deletes; after 4 a file without a manifest, which the next scan
/// copies onto again.
internal sealed class StationCopier(StationStore store)
{
    private const int ReadBufferBytes = 1; // the hasher reads whole chunks
    private const int BackBufferBytes = 1 << 20;

    public async Task<CopyResult> CopyAsync(
        FileInfo source, long sizeBytes, DateTime modifiedUtc, MediaHashOptions hashing, IProgress<long> progress, CancellationToken cancellation)
    {
        var incoming = store.NewIncoming();
        try
        {
            var digest = await ReadOnceAsync(source, incoming, hashing, progress, cancellation);
            source.Refresh();
            if (!source.Exists)
                return CopyResult.Failed(CopyFault.Gone, "the file disappeared while it was read");
            if (digest.SizeBytes != sizeBytes || source.Length != sizeBytes || source.LastWriteTimeUtc != modifiedUtc)
                return CopyResult.Failed(
                    CopyFault.Changed, FormattableString.Invariant($"listed with {sizeBytes} bytes, read {digest.SizeBytes}, now {source.Length}"));

            if (await ReadBackAsync(incoming, digest, cancellation) is { } fault)
                return fault;
            store.Keep(incoming, digest.Sha256);
            return new CopyResult(CopyFault.None, "", digest);
        }
        catch (StationWriteException e)
        {
            return CopyResult.Failed(CopyFault.Station, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            source.Refresh();
            return CopyResult.Failed(source.Exists ? CopyFault.Unreadable : CopyFault.Gone, e.Message);
        }
        finally
        {
            store.Drop(incoming);
        }
    }

    private static async Task<MediaDigest> ReadOnceAsync(
        FileInfo source, string incoming, MediaHashOptions hashing, IProgress<long> progress, CancellationToken cancellation)
    {
        await using var input = new FileStream(source.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, ReadBufferBytes, FileOptions.SequentialScan);
        await using var output = Guard(() => new FileStream(incoming, FileMode.CreateNew, FileAccess.Write, FileShare.None, ReadBufferBytes));
        var digest = await MediaHasher.HashAsync(
            input, hashing, (chunk, _) => Write(output, chunk.Span), progress, cancellation);
        Guard(() => { output.Flush(); DiskFlush.Run(output.SafeFileHandle, incoming); return true; });
        return digest;
    }

    /// Before the copy gets its name: a bad one must never take the place of a good one of the same content.
    private static async Task<CopyResult?> ReadBackAsync(string incoming, MediaDigest digest, CancellationToken cancellation)
    {
        await using var copy = new FileStream(incoming, FileMode.Open, FileAccess.Read, FileShare.Read, BackBufferBytes, FileOptions.SequentialScan);
        var again = Sha256Hash.FromBytes(await SHA256.HashDataAsync(copy, cancellation));
        return again == digest.Sha256
            ? null
            : CopyResult.Failed(CopyFault.Station, $"read back as {again}, written as {digest.Sha256}");
    }

    private static ValueTask Write(FileStream output, ReadOnlySpan<byte> chunk)
    {
        try
        {
            output.Write(chunk);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StationWriteException(e);
        }
        return ValueTask.CompletedTask;
    }

    /// Tells our disk's failures from the recorder's.
    private static T Guard<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StationWriteException(e);
        }
    }

    private sealed class StationWriteException(Exception cause) : Exception("The station's disk: " + cause.Message, cause);
}
