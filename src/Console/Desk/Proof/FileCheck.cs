using System.Net;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.OperatorConsole.Media;
using Google.Protobuf;

namespace EdgeEnforcement.OperatorConsole.Desk.Proof;

/// <summary>Reads the footage the way the player gets it and compares it with the manifest: the whole file and each chunk, in one read.</summary>
public sealed class FileCheck(MediaSource media)
{
    // media.proto: 4 MiB. Another size would be another format; the limit also bounds what one check holds in memory.
    private const int ChunkBytes = 4 * 1024 * 1024;

    public async Task<IReadOnlyList<ProofStep>> RunAsync(ulong manifestIndex, MediaManifest manifest, CancellationToken cancellation)
    {
        using var request = media.Request(HttpMethod.Get, manifestIndex);
        using var answer = await media.SendAsync(request, cancellation).ConfigureAwait(false);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            return [new ProofStep("FILE", false, $"the store has no such file ({(int)answer.StatusCode})")];
        answer.EnsureSuccessStatusCode();

        var stream = await answer.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var found = await MediaHasher.HashAsync(stream, new MediaHashOptions { ChunkBytes = ChunkBytes }, cancellationToken: cancellation)
                .ConfigureAwait(false);
            return [CompareFile(manifest, found), CompareChunks(manifest, found)];
        }
    }

    /// <summary>Empty where the manifest has none: nothing equals that.</summary>
    public static ByteString Sha256Of(MediaManifest manifest) =>
        manifest.Digests.FirstOrDefault(digest => digest.Algorithm == DigestAlgorithms.Sha256)?.Value ?? ByteString.Empty;

    private static ProofStep CompareFile(MediaManifest manifest, MediaDigest found)
    {
        var same = Sha256Of(manifest).Span.SequenceEqual(found.Sha256.ToArray()) && (ulong)found.SizeBytes == manifest.SizeBytes;
        return new ProofStep("FILE", same, same
            ? $"{found.Sha256} {found.SizeBytes} B"
            : $"manifest {Convert.ToHexStringLower(Sha256Of(manifest).Span)} {manifest.SizeBytes} B, file {found.Sha256} {found.SizeBytes} B");
    }

    private static ProofStep CompareChunks(MediaManifest manifest, MediaDigest found)
    {
        var wanted = manifest.ChunkSha256.Span;
        var wrong = new List<int>();
        for (var chunk = 0; chunk < found.ChunkSha256.Count; chunk++)
        {
            if (wanted.Length < (chunk + 1) * Sha256Hash.SizeBytes
                || !wanted.Slice(chunk * Sha256Hash.SizeBytes, Sha256Hash.SizeBytes).SequenceEqual(found.ChunkSha256[chunk].ToArray()))
                wrong.Add(chunk);
        }
        var same = wrong.Count == 0 && wanted.Length == found.ChunkSha256.Count * Sha256Hash.SizeBytes && manifest.ChunkBytes == ChunkBytes;
        return new ProofStep("CHUNKS", same, same
            ? $"{found.ChunkSha256.Count}"
            : $"{wrong.Count} of {found.ChunkSha256.Count} differ{(wrong.Count > 0 ? $", first {wrong[0]}" : "")}");
    }
}
