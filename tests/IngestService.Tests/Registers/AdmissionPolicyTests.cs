using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;
using static EdgeEnforcement.Contracts.V1.AdmissionState;

namespace EdgeEnforcement.IngestService.Tests.Registers;

/// <summary>"Was this device admitted at that instant", over time.</summary>
public sealed class AdmissionPolicyTests
{
    [Theory]
    [InlineData("2026-02-04 11:59", "STATE")]           // published, not admitted yet
    [InlineData("2026-02-05 12:00", "")]
    [InlineData("2026-06-30 23:59:59", "")]             // verification: the last day counts in full
    [InlineData("2026-07-01 00:00:00", "VERIFICATION")]
    [InlineData("2025-06-01 00:00", "DEVICE")]
    public void An_agency_monitor_is_admitted_from_V4_to_the_end_of_its_verification(string at, string failing) =>
        Assert.Equal(failing, Failing(Monitor(), at));

    [Fact]
    public void Tamper_suspends_from_when_it_happened_until_somebody_who_knew_admits_it_again()
    {
        RegisterWorld world = Monitor();
        ulong opened = world.Event("m1", ingested: "2026-03-01 12:00", happened: "2026-03-01 10:00");
        ulong again = world.Add("2026-03-10 09:00", RegisterWorld.Step("m1", Admitted, "复核合格"));

        Assert.Equal("", Failing(world, "2026-03-01 09:59"));
        Assert.Equal("EVENTS", Failing(world, "2026-03-01 10:00"));
        Assert.Equal("EVENTS", Failing(world, "2026-03-10 08:59"));
        Assert.Equal("", Failing(world, "2026-03-10 09:00"));
        // What was known before the event came in says what it said.
        Assert.True(AdmissionPolicy.WasAdmitted(world.Book, "m1", RegisterWorld.AsOf("2026-03-01 11:00") with { KnownSize = opened }).Allowed);
        Assert.Equal(opened + 1, again);
    }

    [Fact]
    public void An_event_that_comes_late_is_not_lifted_by_who_did_not_know_of_it()
    {
        RegisterWorld world = Monitor();
        world.Add("2026-03-05 09:00", RegisterWorld.Step("m1", Suspended, "例行检修"));
        world.Add("2026-03-06 09:00", RegisterWorld.Step("m1", Admitted, "检修完毕"));
        world.Event("m1", ingested: "2026-03-20 12:00", happened: "2026-03-01 10:00");

        Assert.Equal("EVENTS", Failing(world, "2026-03-07 10:00"));
    }

    [Fact]
    public void A_device_clock_that_cannot_be_believed_counts_from_the_ledger()
    {
        RegisterWorld world = Monitor();
        world.Event("m1", ingested: "2026-05-01 12:00", happened: "2026-03-01 10:00");

        Assert.Equal("", Failing(world, "2026-05-01 11:59"));
        Assert.Equal("EVENTS", Failing(world, "2026-05-01 12:00"));
    }

    [Fact]
    public void A_device_that_was_moved_or_flashed_is_suspended_until_it_is_admitted_as_it_is()
    {
        RegisterWorld moved = Monitor(), flashed = Monitor();
        moved.Add("2026-03-01 00:00", RegisterWorld.Device("m1", AdmissionClass.AgencyMonitor, "2026-06-30", place: "嘉陵江桥"));
        flashed.Add("2026-03-01 00:00", RegisterWorld.Device("m1", AdmissionClass.AgencyMonitor, "2026-06-30", firmware: "1.1"));

        Assert.Equal("PLACE", Failing(moved, "2026-03-01 00:00"));
        Assert.Equal("PLACE", Failing(flashed, "2026-03-01 00:00"));
        Assert.Contains("published", moved.WhyNot("2026-03-02 00:00", RegisterWorld.Step("m1", Admitted)), StringComparison.Ordinal);
        Assert.Null(flashed.WhyNot("2026-03-02 00:00", RegisterWorld.Step("m1", Admitted)));
    }

    [Fact]
    public void A_recorder_needs_no_verification_and_a_patrol_nothing_at_all()
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-02-01 00:00", RegisterWorld.Device("r1", AdmissionClass.Recorder, "2026-02-01"));
        foreach (AdmissionState state in new[] { Registered, Checked, Admitted })
            world.Add("2026-02-01 00:00", RegisterWorld.Step("r1", state));
        world.Add("2026-02-01 00:00", RegisterWorld.Device("p1", AdmissionClass.None, ""));

        Assert.Equal("", Failing(world, "2026-06-01 00:00", "r1"));
        Assert.Equal("", Failing(world, "2026-06-01 00:00", "p1"));
    }

    // Every pair of states of every class: what is listed here and nothing else. Retiring is possible from every state but "not begun".
    [Theory]
    [InlineData(AdmissionClass.AgencyMonitor, "01 12 23 34 45 56 65 62")]
    [InlineData(AdmissionClass.Recorder, "01 18 85 56 68")]
    [InlineData(AdmissionClass.PartyOperated, "01 19 9A A5 56 65 69")]
    [InlineData(AdmissionClass.None, null)]
    public void Steps_by_class(AdmissionClass admissionClass, string? listed)
    {
        AdmissionState[] states = Enum.GetValues<AdmissionState>();
        IEnumerable<string> open = from before in states
                                   from after in states
                                   where after != Retired && AdmissionSteps.GuardAgainst(admissionClass, before, after) is null
                                   select $"{(int)before:X}{(int)after:X}";

        Assert.Equal((listed?.Split(' ') ?? []).Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
        Assert.All(states, before => Assert.Equal(
            listed is not null && before is not (Unspecified or Retired), AdmissionSteps.GuardAgainst(admissionClass, before, Retired) is null));
    }

    [Theory]
    [InlineData(Registered, null)]
    [InlineData(TechReviewed, "cannot follow")]
    [InlineData(Admitted, "cannot follow")]
    public void The_first_step_is_the_first(AdmissionState state, string? refusal)
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-02-01 00:00", RegisterWorld.Device("m1", AdmissionClass.AgencyMonitor, "2026-06-30"));
        string? answer = world.WhyNot("2026-02-02 00:00", RegisterWorld.Step("m1", state));

        Assert.True(refusal is null ? answer is null : answer?.Contains(refusal, StringComparison.Ordinal), answer);
    }

    [Fact]
    public void Without_a_published_location_or_a_verification_nothing_is_admitted()
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-02-01 00:00", RegisterWorld.Device("m1", AdmissionClass.AgencyMonitor, "2026-02-03"));
        foreach (AdmissionState state in new[] { Registered, TechReviewed, LegalReviewed })
            world.Add("2026-02-01 00:00", RegisterWorld.Step("m1", state));
        RegisterChange unpublished = RegisterWorld.Step("m1", Published);
        unpublished.Admission.Publication = "";

        Assert.Contains("publication", world.WhyNot("2026-02-02 00:00", unpublished), StringComparison.Ordinal);
        world.Add("2026-02-02 00:00", RegisterWorld.Step("m1", Published));
        Assert.Null(world.WhyNot("2026-02-03 23:59", RegisterWorld.Step("m1", Admitted)));
        Assert.Contains("verification", world.WhyNot("2026-02-04 00:00", RegisterWorld.Step("m1", Admitted)), StringComparison.Ordinal);
    }

    private static RegisterWorld Monitor()
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-02-01 00:00", RegisterWorld.Device("m1", AdmissionClass.AgencyMonitor, "2026-06-30"));
        foreach (AdmissionState state in new[] { Registered, TechReviewed, LegalReviewed, Published })
            world.Add("2026-02-02 00:00", RegisterWorld.Step("m1", state));
        world.Add("2026-02-05 12:00", RegisterWorld.Step("m1", Admitted));
        return world;
    }

    private static string Failing(RegisterWorld world, string at, string device = "m1")
    {
        GuardAnswer answer = AdmissionPolicy.WasAdmitted(world.Book, device, RegisterWorld.AsOf(at));
        return answer.Steps.FirstOrDefault(step => !step.Passed)?.Name ?? "";
    }
}
