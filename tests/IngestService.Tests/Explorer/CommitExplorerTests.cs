using EdgeEnforcement.Testing;
using EdgeEnforcement.Testing.Exploration;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>Every order of a small world's events, over the real sequencer, checkpoint step and recovery.</summary>
[Trait("Form", "Sweep")]
public sealed class CommitExplorerTests(ITestOutputHelper output)
{
    internal static CommitWorldOptions Conflict => new()
    {
        Cast = () => [Message.Record("a1", "station-a", 1), Message.Record("x1", "station-a", 1), Message.Record("b1", "station-b", 1)],
    };

    internal static CommitWorldOptions Precondition => new()
    {
        Cast = () => [Message.ClerkFact("c1", 1), Message.OperatorAct("d1")],
    };

    private static CommitWorldOptions Everyone => new()
    {
        Cast = () =>
        [
            Message.Record("a1", "station-a", 1), Message.Record("a2", "station-a", 2), Message.Record("x1", "station-a", 1),
            Message.Record("b1", "station-b", 1), Message.Record("b2", "station-b", 2),
            Message.ClerkFact("c1", 1), Message.ClerkFact("c2", 2), Message.OperatorAct("d1"),
        ],
        Crashes = ["drop", "kill", "keepall", "tear:1", "tear:2", "reorder:1", "reorder:2", "keepsome:1"],
    };

    [Fact]
    public void A_conflicting_pair_and_a_third() => Explore("commit, conflict", Conflict, LongForm.IsWanted ? 8 : 7);

    [Fact]
    public void Two_facts_under_one_precondition() => Explore("commit, precondition", Precondition, LongForm.IsWanted ? 9 : 8);

    [Fact]
    public void All_senders_at_once() => Explore("commit, everyone", Everyone, LongForm.IsWanted ? 5 : 4);

    private void Explore(string name, CommitWorldOptions options, int depth)
    {
        if (ExplorationRun.Of(name, () => new CommitWorld(options), depth, output.WriteLine) is not { } report)
            return;
        Assert.True(report.States > 100, report.ToString());
    }
}
