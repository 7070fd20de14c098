using EdgeEnforcement.EdgeAgent.Sources.Dock;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Dock;

public sealed class BayPolicyTests
{
    private static readonly BayFacts Done = new(Present: true, Outstanding: 0, Amber: false, Anchored: false, PatienceOver: false, ReleaseForbidden: false);

    [Fact]
    public void Without_a_recorder_every_phase_ends_empty() =>
        Assert.All(Enum.GetValues<BayPhase>(), p => Assert.Equal(BayPhase.Empty, BayPolicy.Next(p, Done with { Present = false }, false)));

    [Fact]
    public void A_file_that_is_outstanding_makes_every_phase_reading() =>
        Assert.All(Enum.GetValues<BayPhase>(), p => Assert.Equal(BayPhase.Reading, BayPolicy.Next(p, Done with { Outstanding = 1, Anchored = true }, false)));

    [Theory]
    [InlineData(false, false, false, false)]
    [InlineData(true, false, false, true)]
    [InlineData(false, true, false, true)]
    [InlineData(false, true, true, false)]
    [InlineData(true, false, true, true)]
    public void A_copied_recorder_is_released_when_anchored_or_when_policy_lets_it(bool anchored, bool patienceOver, bool needsAnchor, bool released) =>
        Assert.Equal(released ? BayPhase.Released : BayPhase.Copied, BayPolicy.Next(BayPhase.Copied, Done with { Anchored = anchored, PatienceOver = patienceOver }, needsAnchor));

    [Fact]
    public void Amber_and_a_doubtful_ledger_hold_the_recorder()
    {
        Assert.Equal(BayPhase.Copied, BayPolicy.Next(BayPhase.Copied, Done with { Anchored = true, Amber = true }, false));
        Assert.Equal(BayPhase.Copied, BayPolicy.Next(BayPhase.Copied, Done with { Anchored = true, ReleaseForbidden = true }, false));
    }
}
