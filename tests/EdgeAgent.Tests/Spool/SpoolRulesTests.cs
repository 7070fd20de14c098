using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Uplink;

namespace EdgeEnforcement.EdgeAgent.Tests.Spool;

public sealed class SpoolRulesTests
{
    private const string Mounts = "overlay / overlay rw 0 0\next4disk /data ext4 rw 0 0\ntmpfs /run tmpfs rw 0 0\ntmpfs /data/scratch tmpfs rw 0 0\n";

    [Theory]
    [InlineData("/data/spool", false, true)]
    [InlineData("/data/scratch/spool", false, false)]
    [InlineData("/home/spool", false, false)]
    [InlineData("/run/spool", false, false)]
    [InlineData("/running/spool", true, true)]
    [InlineData("/run/spool", true, true)]
    public void A_spool_on_a_fleeting_volume_is_refused_unless_declared(string path, bool declared, bool allowed) =>
        Assert.Equal(allowed, SpoolVolumeRule.Check(path, declared, Mounts) is null);

    [Fact]
    public void The_cursor_is_the_lowest_sequence_without_an_answer()
    {
        var cursor = new AnswerCursor();
        foreach (var sequence in new ulong[] { 5, 1, 2, 2, 4 })
            cursor.Mark(sequence);

        Assert.Equal((2ul, 4ul, true, false), (cursor.Contiguous, cursor.AnsweredCount, cursor.IsAnswered(5), cursor.IsAnswered(3)));
        cursor.Mark(3);
        Assert.Equal(5ul, cursor.Contiguous);
    }

    [Fact]
    public void Waits_double_up_to_the_maximum_and_begin_again_after_a_reset()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(120), () => 0);

        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 120, 120], Enumerable.Range(0, 9).Select(_ => (int)backoff.Next().TotalSeconds));
        backoff.Reset();
        Assert.Equal(1, backoff.Next().TotalSeconds);
    }
}
