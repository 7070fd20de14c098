using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>How large an upload world is.</summary>
internal sealed record UploadWorldOptions
{
    /// <summary>The manifest each writer uploads against; manifests of different numbers have the same content.</summary>
    public required IReadOnlyDictionary<string, ulong> Writers { get; init; }

    public int ChunkBytes { get; init; } = UploadSubject.TwoChunks;

    /// <summary>The manifests' digest is not that of the chunks they name: whatever is sent, the whole file cannot be right.</summary>
    public bool ManifestLies { get; init; }

    public IReadOnlyList<string> Crashes { get; init; } = ["drop", "kill", "tear:1", "reorder:1", "keepsome:1"];

    public IReadOnlyList<string> CutCrashes { get; init; } = LongForm.IsWanted ? ["drop", "keepall", "reorder:1", "keepsome:1"] : ["drop", "keepall"];

    /// <summary>The disk the code gets, over the shadow disk: where a mutation leaves something out.</summary>
    public Func<ShadowFileSystem, IFileSystem>? Disk { get; init; }
}
