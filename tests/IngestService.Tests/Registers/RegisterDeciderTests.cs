using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Tests.Registers;

/// <summary>What is refused, and in which words.</summary>
public sealed class RegisterDeciderTests
{
    [Fact]
    public void The_tree_has_no_loop_not_even_later()
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-02-01 00:00", RegisterWorld.Unit("squad", "一支队", UnitStanding.Internal, UnitLevel.Team, "team"));
        RegisterChange planned = RegisterWorld.Unit("squad", "一支队", UnitStanding.Agency, UnitLevel.Team);
        planned.ValidFrom = RegisterWorld.Stamp("2026-09-01 00:00");
        RegisterChange below = RegisterWorld.Unit("team", "总队", UnitStanding.Internal, UnitLevel.Team, "squad");

        Assert.Contains("loop", world.WhyNot("2026-03-01 00:00", below), StringComparison.Ordinal);
        // From September the squad stands alone, and the team may go below it from then on.
        world.Add("2026-02-02 00:00", planned);
        RegisterChange later = below.Clone();
        later.ValidFrom = RegisterWorld.Stamp("2026-09-02 00:00");
        Assert.Null(world.WhyNot("2026-03-01 00:00", later));
        Assert.Contains("loop", world.WhyNot("2026-03-01 00:00", below), StringComparison.Ordinal);
        // And once it is, the squad may not be put back below the team for a time that begins after it.
        world.Add("2026-03-01 00:00", later);
        RegisterChange back = RegisterWorld.Unit("squad", "一支队", UnitStanding.Internal, UnitLevel.Team, "team");
        back.ValidFrom = RegisterWorld.Stamp("2026-08-01 00:00");
        Assert.Contains("2026-09-02", world.WhyNot("2026-04-01 00:00", back, replacesPlanned: true), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_units_put_below_each_other_in_one_act_are_refused_together()
    {
        RegisterWorld world = RegisterWorld.Market();
        RegisterDecider decider = new(world.Book, world, RegisterWorld.At("2026-03-01 00:00"));
        ChangeToMake Make(RegisterChange change)
        {
            change.Reason = "机构改革";
            return new ChangeToMake { Change = change, ExpectedVersion = world.Book.Find(RegisterKind.Unit, change.Id)?.Newest.Number ?? 0 };
        }

        Assert.NotNull(decider.WhyNot([Make(RegisterWorld.Unit("a", "甲", UnitStanding.Agency, UnitLevel.Town, "b")),
            Make(RegisterWorld.Unit("b", "乙", UnitStanding.Agency, UnitLevel.Town, "a"))], RegisterWorld.Person));
        Assert.Null(decider.WhyNot([Make(RegisterWorld.Unit("a", "甲", UnitStanding.Agency, UnitLevel.Town)),
            Make(RegisterWorld.Unit("b", "乙", UnitStanding.Agency, UnitLevel.Town, "a"))], RegisterWorld.Person));
    }

    [Fact]
    public void Who_comes_second_is_told_what_the_first_changed()
    {
        RegisterWorld world = RegisterWorld.Market();
        ulong seen = world.Book.Find(RegisterKind.Unit, "town")!.Newest.Number;
        RegisterChange first = RegisterWorld.Unit("town", "打通镇综合执法大队", UnitStanding.Agency, UnitLevel.Town);
        first.Reason = "更名";
        world.Add("2026-03-01 00:00", first);

        string? answer = world.WhyNot("2026-03-01 00:01", RegisterWorld.Unit("town", "打通", UnitStanding.Agency, UnitLevel.Town), seen);

        Assert.Contains("周静 (更名): name: 打通镇人民政府 → 打通镇综合执法大队", answer, StringComparison.Ordinal);
    }

    [Fact]
    public void What_reaches_back_is_a_correction_with_its_reason()
    {
        RegisterWorld world = RegisterWorld.Market();
        RegisterChange late = RegisterWorld.Officer("zhang", "张三丰", "team", "2026-01-01", "2026-11-28", OfficerRole.Handler);
        late.ValidFrom = RegisterWorld.Stamp("2026-02-01 00:00");

        Assert.Contains("correction", world.WhyNot("2026-06-01 00:00", late), StringComparison.Ordinal);
        late.Correction = true;
        Assert.Null(world.WhyNot("2026-06-01 00:00", late));
        late.Reason = " ";
        Assert.Contains("reason", world.WhyNot("2026-06-01 00:00", late), StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_would_hide_a_planned_one_says_so_or_is_refused()
    {
        RegisterWorld world = RegisterWorld.Market();
        RegisterChange planned = RegisterWorld.Unit("town", "打通街道办事处", UnitStanding.Agency, UnitLevel.Town);
        planned.ValidFrom = RegisterWorld.Stamp("2027-01-01 00:00");
        world.Add("2026-06-01 00:00", planned);
        RegisterChange now = RegisterWorld.Unit("town", "打通镇", UnitStanding.Agency, UnitLevel.Town);

        Assert.Contains("begins on 2027-01-01", world.WhyNot("2026-06-02 00:00", now), StringComparison.Ordinal);
        Assert.Null(world.WhyNot("2026-06-02 00:00", now, replacesPlanned: true));
        now.ValidUntil = planned.ValidFrom;
        Assert.Null(world.WhyNot("2026-06-02 00:00", now));
    }

    [Fact]
    public void Certificates_and_assignments_of_one_person_do_not_overlap()
    {
        RegisterWorld world = RegisterWorld.Market();
        RegisterChange officer = RegisterWorld.Officer("zhao", "赵六", "team", "2026-01-01", "2026-12-31", OfficerRole.Handler);
        officer.Officer.Certificates.Add(new EnforcementCertificate { Number = "渝A-new", FromDay = "2026-12-31", ThroughDay = "2030-12-31", Domains = { "*" } });

        Assert.Contains("overlaps", world.WhyNot("2026-06-01 00:00", officer), StringComparison.Ordinal);
        officer.Officer.Certificates[1].FromDay = "2027-01-01";
        Assert.Null(world.WhyNot("2026-06-01 00:00", officer));
        officer.Officer.Certificates[1].Number = "渝A-zhang";
        Assert.Contains("张三", world.WhyNot("2026-06-01 00:00", officer), StringComparison.Ordinal);
    }

    [Fact]
    public void One_item_is_not_held_twice_at_one_time()
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-02-01 00:00", RegisterWorld.Grant("g-org", "org", GrantBasis.Delegated, "fake"));

        Assert.Contains("held already by grant g-org", world.WhyNot("2026-02-02 00:00", RegisterWorld.Grant("g2", "org", GrantBasis.Conferred, "fake")), StringComparison.Ordinal);
        RegisterChange later = RegisterWorld.Grant("g2", "org", GrantBasis.Conferred, "fake");
        (later.Grant.FromDay, later.Grant.ThroughDay) = ("2027-01-01", "2027-12-31");
        Assert.Null(world.WhyNot("2026-02-02 00:00", later));
    }

    [Theory]
    [InlineData("S-m1", false)]
    [InlineData(" s-M1 ", false)]
    [InlineData("S-m2", true)]
    public void A_serial_is_given_once(string serial, bool taken)
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-02-01 00:00", RegisterWorld.Device("m1", AdmissionClass.AgencyMonitor, "2026-06-30"));
        RegisterChange other = RegisterWorld.Device("m2", AdmissionClass.AgencyMonitor, "2026-06-30");
        other.Device.Serial = serial;

        Assert.Equal(taken, world.WhyNot("2026-02-02 00:00", other) is null);
    }

    [Fact]
    public void A_unit_with_units_below_it_does_not_end()
    {
        RegisterWorld world = RegisterWorld.Market();
        RegisterChange end = RegisterWorld.Unit("city", "市市场监管局", UnitStanding.Agency, UnitLevel.City);
        end.Ended = true;

        Assert.Contains("team", world.WhyNot("2026-06-01 00:00", end), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026", "2026-10-01", "2026-10-10", null)]
    [InlineData("2026", "2025-10-01", "2026-10-10", "is not in 2026")]
    [InlineData("2026", "2026-10-01", "2026-10-08", "Thursday")]
    [InlineData("2026", "2026-02-30", "2026-10-10", "is no day")]
    [InlineData("next", "2026-10-01", "2026-10-10", "is no year")]
    public void A_calendar_is_of_its_year(string id, string holiday, string makeUp, string? refusal)
    {
        RegisterChange change = new() { Id = id, Calendar = new WorkingCalendar { Holidays = { holiday }, MakeUpDays = { makeUp }, Source = "国办发明电〔2025〕7号" } };
        string? answer = new RegisterWorld().WhyNot("2026-01-01 00:00", change);

        Assert.True(refusal is null ? answer is null : answer?.Contains(refusal, StringComparison.Ordinal), answer);
    }

    [Fact]
    public void Objects_are_not_entered_twice_nor_merged_in_a_circle()
    {
        RegisterWorld world = new();
        RegisterChange Enterprise(string id, string uscc) => new()
        {
            Id = id, Reason = "立案", EnforcementObject = new EnforcementObject { Kind = ObjectKind.Enterprise, Name = "某公司", Uscc = uscc },
        };
        RegisterChange Merge(string id, string from, string into) => new()
        {
            Id = id, Reason = "同一主体", ObjectMerge = new ObjectMerge { FromObjectId = from, IntoObjectId = into },
        };
        world.AddParty("2026-01-01 00:00", Enterprise("a", "91350100M000100Y43"));
        world.AddParty("2026-01-01 00:00", Enterprise("b", ""));

        Assert.Contains("object a already", world.WhyNot("2026-02-01 00:00", Enterprise("c", "91350100M000100Y43"), 0), StringComparison.Ordinal);
        Assert.Null(world.WhyNot("2026-02-01 00:00", Merge("b", "b", "a"), 0));
        world.AddParty("2026-02-01 00:00", Merge("b", "b", "a"));
        Assert.Contains("circle", world.WhyNot("2026-02-02 00:00", Merge("a", "a", "b"), 0), StringComparison.Ordinal);
    }
}
