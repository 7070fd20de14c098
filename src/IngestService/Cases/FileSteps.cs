using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Media;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>The stored file against its manifest, in one read: the whole and every chunk.</summary>
internal sealed class FileSteps(MediaStore store)
{
    public async Task<IReadOnlyList<CheckStep>> RunAsync(ulong manifestIndex, CancellationToken cancellation)
    {
        ManifestLookup lookup = store.FindManifest(manifestIndex);
        if (lookup.Manifest is not { } facts)
            return Both(lookup.Refusal?.Detail ?? "no manifest");
        try
        {
            await using MediaReadStream? file = store.OpenRead(facts);
            if (file is null)
                return Both("the file is not in the store");
            MediaDigest found = await MediaHasher.HashAsync(
                file, new MediaHashOptions { ChunkBytes = facts.ChunkBytes }, cancellationToken: cancellation);
            return
            [
                EvidenceCheck.Step("FILE", found.Sha256 == facts.Content && found.SizeBytes == facts.SizeBytes,
                    string.Create(CultureInfo.InvariantCulture, $"{found.SizeBytes} bytes, {found.Sha256}")),
                Chunks(facts.Manifest, found),
            ];
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
