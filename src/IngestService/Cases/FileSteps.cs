using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>The stored file against its manifest, in one read: the whole and every chunk.</summary>
internal sealed class FileSteps(string objectsDirectory)
{
    public async Task<IReadOnlyList<CheckStep>> RunAsync(MediaManifest? manifest, CancellationToken cancellation)
    {
        Digest? expected = manifest?.Digests.FirstOrDefault(digest => digest.Algorithm == "sha-256");
        if (manifest is null || expected is null || !Sha256Hash.TryFromBytes(expected.Value.Span, out Sha256Hash whole))
            return Both("the manifest names no SHA-256");
        if (manifest.ChunkBytes is 0 or > int.MaxValue)
            return Both("the manifest's chunk size cannot be used");

        // The store names a file by its hash; the name comes from 32 checked bytes, never from the record's text.
        string hex = whole.ToString();
        string path = Path.Combine(objectsDirectory, hex[..2], hex);
        try
        {
            await using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
            MediaDigest found = await MediaHasher.HashAsync(
                file, new MediaHashOptions { ChunkBytes = (int)manifest.ChunkBytes }, cancellationToken: cancellation);
            return
            [
                EvidenceCheck.Step("FILE", found.Sha256 == whole && (ulong)found.SizeBytes == manifest.SizeBytes,
                    string.Create(CultureInfo.InvariantCulture, $"{found.SizeBytes} bytes, {found.Sha256}")),
                Chunks(manifest, found),
            ];
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return Both("the file is not in the store");
        }
        catch (IOException damage)
        {
            return Both($"the file cannot be read: {damage.Message}");
        }
    }

    private static CheckStep Chunks(MediaManifest manifest, MediaDigest found)
    {
        ReadOnlySpan<byte> expected = manifest.ChunkSha256.Span;
        int wrong = expected.Length == found.ChunkSha256.Count * Sha256Hash.SizeBytes ? 0 : 1;
        for (int i = 0; wrong == 0 && i < found.ChunkSha256.Count; i++)
        {
            if (Sha256Hash.FromBytes(expected.Slice(i * Sha256Hash.SizeBytes, Sha256Hash.SizeBytes)) != found.ChunkSha256[i])
                return EvidenceCheck.Step("CHUNKS", false, string.Create(CultureInfo.InvariantCulture, $"chunk {i} differs"));
        }

        return EvidenceCheck.Step("CHUNKS", wrong == 0, string.Create(CultureInfo.InvariantCulture, $"{found.ChunkSha256.Count} chunks"));
    }

    private static IReadOnlyList<CheckStep> Both(string detail) =>
        [EvidenceCheck.Step("FILE", false, detail), EvidenceCheck.Step("CHUNKS", false, detail)];
}
