using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Clerk.Policies;

namespace EdgeEnforcement.IngestService.Tests.Clerk;

public sealed class AttachingRulesTests
{
    private static readonly long WindowStart = Micros("2026-11-21T14:00:00+08:00");
    private static readonly long WindowEnd = Micros("2026-11-21T16:00:00+08:00");

    [Theory]
    [InlineData("13:50:00", "14:00:00", null)] // touching the start
    [InlineData("13:50:00", "14:00:01", "00:00:01")]
    [InlineData("15:59:59", "16:10:00", "00:00:01")]
    [InlineData("16:00:00", "16:10:00", null)] // touching the end
    [InlineData("13:00:00", "13:30:00", null)] // before
    [InlineData("17:00:00", "17:30:00", null)] // after
    [InlineData("14:30:00", "14:34:10", "00:04:10")] // within
    [InlineData("13:00:00", "17:00:00", "02:00:00")] // around
    [InlineData("14:00:00", "14:00:00", "00:00:00")] // a photo at the first instant
    [InlineData("16:00:00", "16:00:00", null)] // a photo at the end
    public void OfficerAndTime_AttachesWhenTheRecordingOverlapsTheWindow(string from, string to, string? overlap)
    {
        Attachment? found = AttachByOfficerAndTimeRule.Match(Case(["000001"]), Recording("000001", from, to));

        Assert.Equal(overlap is null ? null : $"officer 000001, overlap {overlap} with 2026-11-21 14:00–16:00 +08:00", found?.Explanation);
    }

    [Fact]
    public void OfficerAndTime_AnotherOfficer_DoesNotAttach() =>
        Assert.Null(AttachByOfficerAndTimeRule.Match(Case(["000001"]), Recording("000002", "14:10:00", "14:20:00")));

    [Fact]
    public void TimeRules_ImplausibleClock_NeverAttach()
    {
        ManifestView recording = Recording("000001", "14:10:00", "14:20:00") with { ClockImplausible = true, Place = (29.5, 106.5) };
        CaseView subject = Case(["000001"]) with { Place = (29.5, 106.5, 100) };

        Assert.Null(AttachByOfficerAndTimeRule.Match(subject, recording));
        Assert.Null(AttachByDistanceAndTimeRule.Match(subject, recording));
        Assert.NotNull(AttachByCaseNumberRule.Match(
            subject with { NumberKey = "N" }, recording with { NumberKey = "N" }));
    }

    [Fact]
    public void Distance_AtTheRadius_AttachesAndAMillimetreBeyondDoesNot()
    {
        ManifestView recording = Recording("", "14:10:00", "14:20:00") with { Place = (29.5012, 106.5034) };
        double metres = GreatCircle.Metres(29.5, 106.5, 29.5012, 106.5034);

        Attachment? at = AttachByDistanceAndTimeRule.Match(Case([]) with { Place = (29.5, 106.5, metres) }, recording);
        Attachment? beyond = AttachByDistanceAndTimeRule.Match(Case([]) with { Place = (29.5, 106.5, metres - 0.001) }, recording);

        Assert.InRange(metres, 350, 360);
        Assert.Contains("355 m from the place, radius 355 m", at?.Explanation);
        Assert.Null(beyond);
    }

    [Fact]
    public void Distance_OutsideTheWindow_DoesNotAttach() =>
        Assert.Null(AttachByDistanceAndTimeRule.Match(
            Case([]) with { Place = (29.5, 106.5, 100) },
            Recording("", "16:00:00", "16:20:00") with { Place = (29.5, 106.5) }));

    [Fact]
    public void Distance_OneDegreeOfLatitude_Is111Kilometres() =>
        Assert.InRange(GreatCircle.Metres(29, 106, 30, 106), 111_194, 111_196);

    private static CaseView Case(string[] officers) => new("C1", "", officers) { Window = new TimeSpanMicros(WindowStart, WindowEnd) };

    private static ManifestView Recording(string officer, string from, string to) => new(7, "", officer)
    {
        Capture = new TimeSpanMicros(Micros($"2026-11-21T{from}+08:00"), Micros($"2026-11-21T{to}+08:00")),
    };

    private static long Micros(string time) => DateTimeOffset.Parse(time).ToUnixTimeMilliseconds() * 1000;
}
