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

            // Before the copy gets its name: a bad one must never take the place of a good one of the same content.
            var again = await GuardAsync(() => ReadBackAsync(incoming, cancellation));
            if (again != digest.Sha256)
                return CopyResult.Failed(CopyFault.Station, $"read back as {again}, written as {digest.Sha256}");
            Guard(() => store.Keep(incoming, digest.Sha256));
            return new CopyResult(CopyFault.None, "", digest);
        }
        catch (StationDiskException e)
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
            Clear(incoming);
        }
    }

    private async Task<MediaDigest> ReadOnceAsync(
        FileInfo source, string incoming, MediaHashOptions hashing, IProgress<long> progress, CancellationToken cancellation)
    {
        await using var input = new FileStream(source.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, ReadBufferBytes, FileOptions.SequentialScan);
        using var output = Guard(() => store.CreateIncoming(incoming));
        long written = 0;
        var digest = await MediaHasher.HashAsync(
            input,
            hashing,
            (chunk, _) =>
            {
                Guard(() => output.Write(chunk.Span, written));
                written += chunk.Length;
                return ValueTask.CompletedTask;
            },
            progress,
            cancellation);
        Guard(output.Flush);
        return digest;
    }

    private async Task<Sha256Hash> ReadBackAsync(string incoming, CancellationToken cancellation)
    {
        await using var copy = store.OpenRead(incoming);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[BackBufferBytes];
        for (int read; (read = await copy.ReadAsync(piece, cancellation)) > 0;)
            hash.AppendData(piece, 0, read);
        return Sha256Hash.FromBytes(hash.GetHashAndReset());
    }

    private void Clear(string incoming)
    {
        try
        {
            store.Drop(incoming);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It lies there until the next start clears the directory; how the copy ended is the news.
        }
    }

    /// Tells our disk's failures from the recorder's: the one is never put down to the other.
    private static T Guard<T>(Func<T> ours)
    {
        try
        {
            return ours();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StationDiskException(e);
        }
    }

    private static void Guard(Action ours) => Guard(() =>
    {
        ours();
        return true;
    });

    private static async Task<T> GuardAsync<T>(Func<Task<T>> ours)
    {
        try
        {
            return await ours();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StationDiskException(e);
        }
    }

    private sealed class StationDiskException(Exception cause) : Exception("The station's disk: " + cause.Message, cause);
}
