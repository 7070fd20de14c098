using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using EdgeEnforcement.Testing.Exploration;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>The explorer is worth what it sees: with one flush or sync left out of the disk, it comes back with a short path.</summary>
[Trait("Form", "Sweep")]
public sealed class CommitMutationTests(ITestOutputHelper output)
{
    [Fact]
    public void A_skipped_flush_of_the_segment_is_a_receipt_before_its_bytes() =>
        Sees("are durable", flush: path => path.EndsWith(".seg", StringComparison.Ordinal) && !IsCopy(path));

    [Fact]
    public void A_skipped_flush_of_the_tail_that_recovery_copies() => Sees("durable", flush: IsCopy);

    [Fact]
    public void A_skipped_flush_of_what_was_signed_last() =>
        Sees("signed", flush: path => Path.GetFileName(path) == "last-signed.tmp");

    [Fact]
    public void A_skipped_flush_of_the_published_checkpoint() =>
        Sees("checkpoint", flush: path => Path.GetFileName(path) == "checkpoint.tmp");

    [Fact]
    public void A_skipped_sync_of_the_segments_directory() => Sees("durable", sync: path => path.EndsWith("/segments", StringComparison.Ordinal));

    [Fact]
    public void A_skipped_sync_of_the_ledger_s_directory() => Sees("signed", sync: path => path == "/data/ledger");

    private static bool IsCopy(string path) => path.EndsWith(".new", StringComparison.Ordinal);

    private void Sees(string promise, Func<string, bool>? flush = null, Func<string, bool>? sync = null)
    {
        var options = CommitExplorerTests.Conflict with
        {
            Disk = disk => new SkippingFileSystem(disk, flush, sync),
        };
        var explorer = new WorldExplorer("commit, mutated", () => new CommitWorld(options), TimeProvider.System, settles: false);

        var found = Assert.Throws<ExplorationFailedException>(() => explorer.Run(depth: 7));

        output.WriteLine(found.Message);
        Assert.Contains(promise, found.Message);
    }
}
