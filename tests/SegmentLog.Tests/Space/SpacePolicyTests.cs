using EdgeEnforcement.SegmentLog.Space;

namespace EdgeEnforcement.SegmentLog.Tests.Space;

public sealed class SpacePolicyTests
{
    [Theory]
    [InlineData(79.9, SpaceState.Normal)]
    [InlineData(80, SpaceState.Warn)]
    [InlineData(89.9, SpaceState.Warn)]
    [InlineData(90, SpaceState.Shed)]
    [InlineData(95, SpaceState.HoldMedia)]
    [InlineData(97.9, SpaceState.HoldMedia)]
    [InlineData(98, SpaceState.ReserveOnly)]
    [InlineData(100, SpaceState.ReserveOnly)]
    public void A_store_that_fills_up_enters_each_state_at_its_mark(double percent, SpaceState expected) =>
        Assert.Equal(expected, SpacePolicy.Next(SpaceState.Normal, percent));

    // Every state, every percent: what is left is below its mark less the margin, what is entered is at its mark.
    [Fact]
    public void From_every_state_at_every_percent_a_state_ends_five_below_its_mark_and_not_before()
    {
        foreach (var now in Enum.GetValues<SpaceState>())
            for (var permille = 0; permille <= 1000; permille++)
            {
                var percent = permille / 10.0;
                var next = SpacePolicy.Next(now, percent);
                if (next > now)
                    Assert.True(percent >= SpacePolicy.MarkOf(next), $"{now} at {percent} became {next}");
                foreach (var state in Enum.GetValues<SpaceState>().Where(s => s != SpaceState.Normal))
                    if (state <= now)
                        Assert.Equal(percent >= SpacePolicy.MarkOf(state) - 5, next >= state);
                    else
                        Assert.Equal(percent >= SpacePolicy.MarkOf(state), next >= state);
            }
    }

    [Fact]
    public void Around_a_mark_the_state_changes_once()
    {
        var (state, changes) = (SpaceState.Normal, 0);
        foreach (var percent in new[] { 89.9, 90.1, 89.8, 90.2, 86, 89, 85.0 })
        {
            var next = SpacePolicy.Next(state, percent);
            changes += next == SpaceState.Shed && state != SpaceState.Shed ? 1 : 0;
            state = next;
        }

        Assert.Equal((SpaceState.Shed, 1), (state, changes));
        Assert.Equal(SpaceState.Warn, SpacePolicy.Next(state, 84.9));
        Assert.Equal(SpaceState.Normal, SpacePolicy.Next(SpaceState.ReserveOnly, 10));
    }

    [Theory]
    [InlineData(90, 1000, 100, 90.0)] // the quota is the limit
    [InlineData(90, 10, 1000, 90.0)] // the volume offers less than the quota
    [InlineData(90, 10, 0, 90.0)]
    [InlineData(150, 1000, 100, 100.0)] // above the quota
    [InlineData(0, 0, 0, 100.0)]
    [InlineData(0, long.MaxValue, 0, 0.0)]
    public void The_limit_is_the_smaller_of_quota_and_what_the_volume_offers(long used, long free, long quota, double percent) =>
        Assert.Equal(percent, new SpaceReading(used, free, quota, 0).Percent, 6);

    [Theory]
    [InlineData(100, SpaceState.ReserveOnly)]
    [InlineData(250, SpaceState.HoldMedia)]
    [InlineData(500, SpaceState.Shed)]
    [InlineData(1000, SpaceState.Warn)]
    [InlineData(1001, SpaceState.Normal)]
    public void A_small_store_on_a_volume_that_others_filled_is_measured_by_its_reserve(long free, SpaceState expected) =>
        Assert.Equal(expected, SpacePolicy.Next(SpaceState.Normal, new SpaceReading(UsedBytes: 1, free, 0, ReserveBytes: 100).Percent));

    [Fact]
    public void What_would_come_is_counted_on_both_sides()
    {
        var reading = new SpaceReading(900, 100, 0, 0);

        Assert.Equal((950L, 50L, 95.0), (reading.With(50).UsedBytes, reading.With(50).FreeBytes, reading.With(50).Percent));
        Assert.Equal(80.0, reading.With(-100).Percent);
        Assert.Equal(0, reading.With(5000).RoomBytes);
    }

    [Fact]
    public void A_gauge_keeps_the_state_between_its_measurements()
    {
        long used = 0;
        var gauge = new SpaceGauge(1000, 0, () => used, () => 1 << 20);

        Assert.Equal((SpaceState.Normal, SpaceState.Normal), gauge.Measure());
        used = 985;
        Assert.Equal(SpaceState.Normal, gauge.State);
        Assert.Equal((SpaceState.Normal, SpaceState.ReserveOnly), gauge.Measure());
        used = 940;
        Assert.Equal((SpaceState.ReserveOnly, SpaceState.ReserveOnly), gauge.Measure());
        used = 849;
        Assert.Equal((SpaceState.ReserveOnly, SpaceState.Warn), gauge.Measure());
        Assert.Equal(98.9, gauge.ReadingWith(140).Percent, 6);
    }

    [Fact]
    public void A_tally_counts_every_file_below_and_looks_again()
    {
        var root = Directory.CreateTempSubdirectory("tally-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(root, "a", "b"));
            File.WriteAllBytes(Path.Combine(root, "a", "b", "x"), new byte[1000]);
            var tally = new DirectoryTally(root, new Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch));
            Assert.Equal(1000, tally.Bytes());

            File.WriteAllBytes(Path.Combine(root, "y"), new byte[24]);
            Assert.Equal(1024, tally.Bytes());
            Assert.Equal(0, new DirectoryTally(Path.Combine(root, "nowhere"), TimeProvider.System).Bytes());
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
