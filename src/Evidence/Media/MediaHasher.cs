using System.Buffers;
using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.Evidence;

/// <summary>
/// Hashes a file in one read: the whole and each chunk. SHA-256 of the whole and of the chunks are two passes over the same memory, each
/// bound by one core, so they run side by side while the next chunk is read into a second buffer and the sink writes this one:
///
///   read k+1  |  whole.Append(k)  |  SHA-256(chunk k)  |  extra.Append(k)  |  sink(k)        then all meet, buffers swap
///
/// The order inside each lane is the file's order, because nobody starts on k+1 before all have done with k. A file of one chunk is
/// hashed once: its chunk's hash is the whole's.
/// </summary>
public static class MediaHasher
{
    /// <param name="source">Read from where it stands to its end.</param>
    /// <param name="options">Chunk size and extra digests.</param>
    /// <param name="sink">Is given every chunk in order, in the buffer that was hashed: the copy and the hash are of the same bytes.</param>
    /// <param name="progress">Told the bytes hashed so far, after each chunk.</param>
    /// <param name="cancellationToken">Honoured between chunks.</param>
    public static async Task<MediaDigest> HashAsync(
        Stream source, MediaHashOptions options, Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask>? sink = null,
        IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ChunkBytes, 1);
        var current = ArrayPool<byte>.Shared.Rent(options.ChunkBytes);
        var next = ArrayPool<byte>.Shared.Rent(options.ChunkBytes);
        using var lanes = new HashLanes(options.ExtraAlgorithms);
        try
        {
            var length = await FillAsync(source, current.AsMemory(0, options.ChunkBytes), cancellationToken);
            while (length > 0)
            {
                var chunk = current.AsMemory(0, length);
                // A short chunk is the last one: there is nothing to read ahead.
                var isLast = length < options.ChunkBytes;
                var hashing = lanes.AppendAsync(chunk, isOnlyChunk: isLast && lanes.Chunks.Count == 0);
                var reading = isLast ? ValueTask.FromResult(0) : FillAsync(source, next.AsMemory(0, options.ChunkBytes), cancellationToken);
                length = await MeetAsync(hashing, reading, WriteAsync(sink, chunk, cancellationToken));
                progress?.Report(lanes.SizeBytes);
                (current, next) = (next, current);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(current);
            ArrayPool<byte>.Shared.Return(next);
        }

        return lanes.Finish(options.ChunkBytes);
    }

    // All three are awaited even when one fails: a buffer may not go back to the pool while somebody still works on it.
    private static async ValueTask<int> MeetAsync(Task hashing, ValueTask<int> reading, ValueTask writing)
    {
        var read = reading.AsTask();
        await Task.WhenAll(hashing, read, writing.AsTask());
        return await read;
    }

    // Async, so that a sink that throws before its first await still lets the others be awaited.
    private static async ValueTask WriteAsync(
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask>? sink, ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        if (sink is not null)
            await sink(chunk, cancellationToken);
    }

    private static async ValueTask<int> FillAsync(Stream source, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await source.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
    }

    /// <summary>One lane per digest; owned by one call of <see cref="HashAsync"/>.</summary>
    private sealed class HashLanes : IDisposable
    {
        private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly Sm3? _sm3;
        private bool _onlyChunk;

        internal HashLanes(IReadOnlyList<string> extraAlgorithms)
        {
            foreach (var algorithm in extraAlgorithms)
            {
                if (algorithm != DigestAlgorithms.Sm3)
                    throw new NotSupportedException($"The digest '{algorithm}' cannot be computed here.");
                _sm3 ??= new Sm3();
            }
        }

        internal List<Sha256Hash> Chunks { get; } = [];

        internal long SizeBytes { get; private set; }

        internal Task AppendAsync(ReadOnlyMemory<byte> chunk, bool isOnlyChunk)
        {
            SizeBytes += chunk.Length;
            _onlyChunk = isOnlyChunk;
            var chunkLane = Task.Run(() => Chunks.Add(Sha256Hash.Of(chunk.Span)));
            var wholeLane = isOnlyChunk ? Task.CompletedTask : Task.Run(() => _whole.AppendData(chunk.Span));
            var sm3Lane = _sm3 is { } sm3 ? Task.Run(() => sm3.Append(chunk.Span)) : Task.CompletedTask;
            return Task.WhenAll(chunkLane, wholeLane, sm3Lane);
        }

        internal MediaDigest Finish(int chunkBytes)
        {
            var whole = _onlyChunk ? Chunks[0] : Sha256Hash.Finish(_whole);
            List<Digest> all = [new Digest { Algorithm = DigestAlgorithms.Sha256, Value = ByteString.CopyFrom(whole.ToArray()) }];
            if (_sm3 is not null)
                all.Add(new Digest { Algorithm = DigestAlgorithms.Sm3, Value = ByteString.CopyFrom(_sm3.FinishAndReset()) });
            return new MediaDigest(SizeBytes, whole, chunkBytes, Chunks, all);
        }

        public void Dispose()
        {
            _whole.Dispose();
            _sm3?.Dispose();
        }
    }
}
