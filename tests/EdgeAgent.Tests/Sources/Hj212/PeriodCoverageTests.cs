using EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

public sealed class PeriodCoverageTests
{
    private static readonly DateTimeOffset Zero = Hj212Fixture.Start;

    [Fact]
    public void In_any_order_and_however_often_the_same_periods_cover_the_same()
    {
        var random = new Random(212);
        for (var round = 0; round < 500; round++)
        {
            var hours = Enumerable.Range(0, 40).Where(_ => random.Next(3) > 0).ToList();
            var coverage = new PeriodCoverage();
            foreach (var hour in hours.Concat(hours).OrderBy(_ => random.Next()))
                coverage.Add(Hours(hour, hour + 1));

            var missing = Enumerable.Range(0, 40).Except(hours).Where(h => h > hours[0]).ToList();
            Assert.Equal(missing, coverage.Gaps(Zero, Zero.AddHours(40)).SelectMany(HoursOf));
            Assert.Equal(hours, coverage.Stretches.SelectMany(HoursOf));
        }
    }

    [Fact]
    public void Gaps_are_looked_for_from_the_first_reading_and_not_before_the_horizon()
    {
        var coverage = new PeriodCoverage([Hours(2, 3), Hours(6, 7)]);

        Assert.Equal([Hours(3, 6), Hours(7, 9)], coverage.Gaps(Zero, Zero.AddHours(9)));
        Assert.Equal([Hours(4, 6)], coverage.Gaps(Zero.AddHours(4), Zero.AddHours(7)));
        Assert.Empty(new PeriodCoverage().Gaps(Zero, Zero.AddHours(9)));
    }

    [Fact]
    public void What_says_nothing_new_says_so()
    {
        var coverage = new PeriodCoverage([Hours(2, 5)]);

        Assert.False(coverage.Add(Hours(3, 4)));
        Assert.False(coverage.Add(Hours(4, 4)));
        Assert.True(coverage.Add(Hours(4, 6)));
        Assert.Equal([Hours(2, 6)], coverage.Stretches);
    }

    [Fact]
    public void What_is_trimmed_leaves_the_last_stretch()
    {
        var coverage = new PeriodCoverage([Hours(0, 1), Hours(2, 3), Hours(4, 5)]);

        coverage.Trim(Zero.AddHours(3));
        Assert.Equal([Hours(4, 5)], coverage.Stretches);
        coverage.Trim(Zero.AddHours(30));
        Assert.Equal([Hours(4, 5)], coverage.Stretches);
    }

    [Fact]
    public void A_budget_gives_what_it_has_at_once_and_then_what_grows()
    {
        var budget = new FrameBudget(2, 3);

        Assert.Equal([0, 0, 0, 0.5, 1], Enumerable.Range(0, 5).Select(_ => budget.Take(Zero).TotalSeconds));
        Assert.Equal(TimeSpan.Zero, budget.Take(Zero.AddSeconds(1.5)));
        Assert.False(budget.TryTake(Zero.AddSeconds(1.5)));
        Assert.True(budget.TryTake(Zero.AddSeconds(2)));
    }

    private static Stretch Hours(int from, int until) => new(Zero.AddHours(from), Zero.AddHours(until));

    private static IEnumerable<int> HoursOf(Stretch stretch) =>
        Enumerable.Range((int)(stretch.Begin - Zero).TotalHours, (int)(stretch.End - stretch.Begin).TotalHours);
}
