using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Views.Procedure;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Tests.Procedure;

public sealed class ClockDialTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.Parse("2026-03-01T16:00:00Z", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(0, "calm", 0)]
    [InlineData(45, "calm", 50)]
    [InlineData(72, "soon", 80)]
    [InlineData(89, "last", 98.8)]
    [InlineData(90, "over", 100)]
    [InlineData(120, "over", 100)]
    public void A_running_clock_shows_how_far_it_is(int day, string urgency, double gone)
    {
        var dial = new ClockDial(NinetyDays(), Start.AddDays(day));

        Assert.Equal(urgency, dial.Urgency);
        Assert.Equal(gone, dial.GonePercent, 0.1);
        Assert.Equal((50, 80), (Math.Round(dial.HalfPercent!.Value), Math.Round(dial.EightyPercent!.Value)));
    }

    [Fact]
    public void One_that_is_paused_or_ended_stands_still()
    {
        var paused = NinetyDays();
        paused.PausedSince = Start.AddDays(9).ToTimestamp();
        var ended = NinetyDays();
        ended.StoppedAt = Start.AddDays(18).ToTimestamp();

        Assert.Equal(("paused", 10), (new ClockDial(paused, Start.AddDays(200)).Urgency, (int)new ClockDial(paused, Start.AddDays(200)).GonePercent));
        Assert.Equal(("stopped", 20), (new ClockDial(ended, Start.AddDays(200)).Urgency, (int)new ClockDial(ended, Start.AddDays(200)).GonePercent));
    }

    [Fact]
    public void A_waiting_period_that_is_over_is_no_alarm()
    {
        var waiting = NinetyDays();
        waiting.Effect = ClockEffect.Opens;

        Assert.Equal("open", new ClockDial(waiting, Start.AddDays(91)).Urgency);
    }

    private static ClockState NinetyDays() => new()
    {
        DeadlineId = "D-01", StartedAt = Start.ToTimestamp(), DueAt = Start.AddDays(90).ToTimestamp(), Effect = ClockEffect.Block,
        HalfAt = Start.AddDays(45).ToTimestamp(), EightyAt = Start.AddDays(72).ToTimestamp(), LastDayAt = Start.AddDays(89).ToTimestamp(),
    };
}
