using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>
/// One stream of chunks under one generation; used by one caller at a time. A chunk goes: length, hash, write; several chunks
/// go: flush, bitmap, answer. Without a data handle the content already lies in the store.
/// </summary>
internal sealed class UploadSession(IncomingFile file, ulong generation, IFile? data, CancellationToken fenced) : IDisposable
{
    private readonly List<uint> _written = [];

    public ManifestFacts Manifest => file.Manifest;

    /// <summary>Cancelled when a newer generation takes over.</summary>
    public CancellationToken FencedToken => fenced;

    /// <summary>Chunks accepted since the last commit.</summary>
    public int UncommittedCount => _written.Count;

    /// <summary>Checks a chunk and writes it. A refusal means that not a byte of it was kept.</summary>
    public RefusalDetail? Accept(uint chunk, ReadOnlySpan<byte> content)
    {
        if (fenced.IsCancellationRequested)
            return FencedRefusal();
        if (chunk >= Manifest.ChunkCount)
            return new RefusalDetail(RefusalCode.ChunkOutOfRange, $"chunk {chunk} of {Manifest.ChunkCount}");
        if (content.Length != Manifest.ChunkLength(chunk))
            return new RefusalDetail(RefusalCode.ChunkOutOfRange, $"chunk {chunk} has {content.Length} bytes, not {Manifest.ChunkLength(chunk)}");
        var found = Sha256Hash.Of(content);
        if (found != Manifest.ChunkHash(chunk))
            return new RefusalDetail(RefusalCode.ChunkMismatch, $"chunk {chunk} is {found}, the manifest says {Manifest.ChunkHash(chunk)}");

        if (!file.Contains(chunk))
            data?.Write(content, Manifest.ChunkOffset(chunk));
        _written.Add(chunk);
        return null;
    }

    /// <summary>Makes what was accepted durable and hands its numbers over; a refusal means none of it counts.</summary>
    public (IReadOnlyList<uint> Durable, RefusalDetail? Refusal) Commit()
    {
        if (_written.Count == 0)
            return ([], null);
        // The bytes first: a bit may only speak of what is on disk.
        data?.Flush();
        var refusal = file.Commit(generation, _written);
        if (refusal is not null)
            return ([], refusal);
        uint[] durable = [.. _written];
        _written.Clear();
        return (durable, null);
    }

    public RefusalDetail FencedRefusal() => IncomingFile.Fenced(generation, file.State.Generation);

    public void Dispose() => data?.Dispose();
}
