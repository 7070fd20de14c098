using EdgeEnforcement.Testing;
using EdgeEnforcement.Testing.Exploration;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>With one flush or sync left out of the disk, the explorer comes back with a short path.</summary>
[Trait("Form", "Sweep")]
public sealed class UploadMutationTests(ITestOutputHelper output)
{
    [Fact]
    public void A_skipped_flush_of_a_chunk() => Sees("was acknowledged", flush: path => Path.GetFileName(path) == "data");

    [Fact]
    public void A_skipped_flush_of_the_bitmap() => Sees("durable", flush: path => Path.GetFileName(path) == "state");

    [Fact]
    public void A_skipped_flush_of_a_new_state_file() => Sees("durable", flush: path => Path.GetFileName(path) == "state.new", manifestLies: true);

    [Fact]
    public void A_skipped_sync_of_the_incoming_directory() => Sees("durable", sync: path => path.Contains("/incoming/", StringComparison.Ordinal));

    [Fact]
    public void A_skipped_sync_of_the_object_s_directory() => Sees("durable", sync: path => path.Contains("/objects/", StringComparison.Ordinal));

    [Fact]
    public void A_skipped_sync_of_the_quarantine() =>
        Sees("in quarantine", sync: path => path.EndsWith("/quarantine", StringComparison.Ordinal), manifestLies: true);

    private void Sees(string promise, Func<string, bool>? flush = null, Func<string, bool>? sync = null, bool manifestLies = false)
    {
        var options = UploadExplorerTests.TwoWriters with
        {
            Writers = new Dictionary<string, ulong> { ["A"] = 0 },
            ManifestLies = manifestLies,
            Disk = disk => new SkippingFileSystem(disk, flush, sync),
        };
        var explorer = new WorldExplorer("upload, mutated", () => new UploadWorld(options), TimeProvider.System, settles: false);

        var found = Assert.Throws<ExplorationFailedException>(() => explorer.Run(depth: 7));

        output.WriteLine(found.Message);
        Assert.Contains(promise, found.Message);
    }
}
