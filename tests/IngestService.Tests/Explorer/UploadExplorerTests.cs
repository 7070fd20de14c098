using EdgeEnforcement.Testing;
using EdgeEnforcement.Testing.Exploration;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>Every order of a small world's events, over the real media store.</summary>
[Trait("Form", "Sweep")]
public sealed class UploadExplorerTests(ITestOutputHelper output)
{
    internal static UploadWorldOptions TwoWriters => new() { Writers = new Dictionary<string, ulong> { ["A"] = 0, ["B"] = 0 } };

    private static UploadWorldOptions SameContent => new() { Writers = new Dictionary<string, ulong> { ["A"] = 0, ["B"] = 1 } };

    private static UploadWorldOptions Lying => new()
    {
        Writers = LongForm.IsWanted ? new Dictionary<string, ulong> { ["A"] = 0, ["B"] = 0 } : new Dictionary<string, ulong> { ["A"] = 0 },
        ManifestLies = true,
    };

    [Fact]
    public void Two_writers_of_one_file() => Explore("upload, two writers", TwoWriters, LongForm.IsWanted ? 8 : 5);

    [Fact]
    public void Two_writers_of_a_file_of_one_chunk() => Explore("upload, two writers, one chunk",
        TwoWriters with { ChunkBytes = UploadSubject.OneChunk, CutCrashes = LongForm.IsWanted ? TwoWriters.CutCrashes : ["drop"] }, LongForm.IsWanted ? 10 : 7);

    [Fact]
    public void Two_manifests_of_the_same_content() => Explore("upload, same content", SameContent, LongForm.IsWanted ? 8 : 5);

    [Fact]
    public void A_manifest_that_its_file_cannot_match() => Explore("upload, lying manifest", Lying, 8);

    private void Explore(string name, UploadWorldOptions options, int depth)
    {
        if (ExplorationRun.Of(name, () => new UploadWorld(options), depth, output.WriteLine) is not { } report)
            return;
        Assert.True(report.States > 100, report.ToString());
    }
}
