using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Tests.Registers;

/// <summary>"May this officer act here now", as tables.</summary>
public sealed class OfficerPolicyTests
{
    [Theory]
    [InlineData("zhang", OfficerRole.Handler, "market", "2026-11-28 23:59:59", "")]            // the last day, to midnight in Shanghai
    [InlineData("zhang", OfficerRole.Handler, "market", "2026-11-29 00:00:00", "CERTIFICATE")]
    [InlineData("zhang", OfficerRole.Handler, "river", "2026-06-01 10:00", "DOMAIN")]
    [InlineData("zhang", OfficerRole.LegalReviewer, "market", "2026-06-01 10:00", "ROLE")]
    [InlineData("wang", OfficerRole.Handler, "market", "2026-06-01 10:00", "ROLE")]           // handler, but of another unit
    [InlineData("nobody", OfficerRole.Handler, "market", "2026-06-01 10:00", "OFFICER")]
    [InlineData("zhang", OfficerRole.Handler, "market", "2025-12-31 10:00", "OFFICER")]
    public void MayAct(string officer, OfficerRole role, string domain, string at, string failing)
    {
        GuardAnswer answer = Ask(RegisterWorld.Market(), officer, role, at, domain);

        Assert.Equal(failing.Length == 0, answer.Allowed);
        Assert.Equal(failing, answer.Steps.FirstOrDefault(step => !step.Passed)?.Name ?? "");
    }

    [Theory]
    [InlineData("2026-06-09 23:59:59", false)]
    [InlineData("2026-06-10 00:00:00", true)]
    [InlineData("2026-06-19 23:59:59", true)]
    [InlineData("2026-06-20 00:00:00", false)]  // its end is not in it
    public void A_substitute_has_the_role_for_the_written_time(string at, bool allowed)
    {
        RegisterWorld world = WithSubstitute();

        Assert.Equal(allowed, Ask(world, "zhang", OfficerRole.UnitHead, at).Allowed);
    }

    [Fact]
    public void A_substitute_never_comes_into_a_role_he_is_barred_from_in_the_case()
    {
        RegisterWorld world = WithSubstitute(OfficerRole.LegalReviewer);
        MayActRequest act = Request("zhang", OfficerRole.LegalReviewer);
        act.RolesInCase.Add(OfficerRole.Handler);

        GuardAnswer answer = OfficerPolicy.MayAct(world.Book, act, RegisterWorld.AsOf("2026-06-15 10:00"));

        Assert.Equal("SEPARATION", answer.Steps.Single(step => !step.Passed).Name);
    }

    [Fact]
    public void Nobody_stands_in_for_who_has_not_got_the_role_himself()
    {
        RegisterWorld world = WithSubstitute();
        world.Add("2026-06-12 00:00", RegisterWorld.Officer("li", "李四", "team", "2026-01-01", "2030-12-31", OfficerRole.LegalReviewer));

        Assert.True(Ask(world, "zhang", OfficerRole.UnitHead, "2026-06-11 23:59").Allowed);
        Assert.False(Ask(world, "zhang", OfficerRole.UnitHead, "2026-06-12 00:00").Allowed);
    }

    [Fact]
    public void Leave_keeps_from_acting_and_ends()
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-05-01 00:00", new RegisterChange
        {
            Id = "leave-1",
            Leave = new OfficerLeave { OfficerId = "zhang", From = RegisterWorld.Stamp("2026-06-01 00:00"), Until = RegisterWorld.Stamp("2026-06-08 00:00"), Kind = "年假" },
        });

        Assert.True(Ask(world, "zhang", OfficerRole.Handler, "2026-05-31 23:59").Allowed);
        Assert.Equal("LEAVE", Ask(world, "zhang", OfficerRole.Handler, "2026-06-01 00:00").Steps.Single(step => !step.Passed).Name);
        Assert.True(Ask(world, "zhang", OfficerRole.Handler, "2026-06-08 00:00").Allowed);
    }

    [Fact]
    public void Recusal_holds_in_its_case_alone_and_may_be_lifted()
    {
        RegisterWorld world = RegisterWorld.Market();
        RegisterChange recusal = new() { Id = "r1", Recusal = new Recusal { CaseId = "C-1", OfficerId = "zhang", Ground = "亲属", DecidedByOfficerId = "li" } };
        world.Add("2026-05-01 00:00", recusal);
        RegisterChange lifted = recusal.Clone();
        lifted.Ended = true;
        world.Add("2026-07-01 00:00", lifted);
        GuardAnswer In(string caseId, string at)
        {
            MayActRequest act = Request("zhang", OfficerRole.Handler);
            act.CaseId = caseId;
            return OfficerPolicy.MayAct(world.Book, act, RegisterWorld.AsOf(at));
        }

        Assert.False(In("C-1", "2026-06-01 10:00").Allowed);
        Assert.True(In("C-2", "2026-06-01 10:00").Allowed);
        Assert.True(In("C-1", "2026-07-01 10:00").Allowed);
    }

    [Fact]
    public void An_outside_reviewer_acts_in_the_named_cases_only()
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-05-01 00:00", new RegisterChange
        {
            Id = "o1",
            Reviewer = new OutsideReviewer
            {
                OfficerId = "wang", UnitId = "team", CaseIds = { "C-1" }, Roles = { OfficerRole.LegalReviewer }, Document = "函〔2026〕3号",
                From = RegisterWorld.Stamp("2026-06-01 00:00"), Until = RegisterWorld.Stamp("2026-07-01 00:00"),
            },
        });
        GuardAnswer In(string caseId)
        {
            MayActRequest act = Request("wang", OfficerRole.LegalReviewer);
            act.CaseId = caseId;
            return OfficerPolicy.MayAct(world.Book, act, RegisterWorld.AsOf("2026-06-15 10:00"));
        }

        Assert.True(In("C-1").Allowed);
        Assert.False(In("C-2").Allowed);
        Assert.False(In("").Allowed);
    }

    [Theory]
    [InlineData(OfficerRole.LegalReviewer, OfficerRole.Handler, true)]    // APL 58, 审办分离
    [InlineData(OfficerRole.Handler, OfficerRole.LegalReviewer, true)]
    [InlineData(OfficerRole.HearingPresider, OfficerRole.Handler, true)]  // APL 64 (4)
    [InlineData(OfficerRole.AgencyHead, OfficerRole.Handler, true)]
    [InlineData(OfficerRole.ServiceOfficer, OfficerRole.Handler, false)]
    [InlineData(OfficerRole.EvidenceReviewer, OfficerRole.Handler, false)]
    public void Roles_of_one_person_in_one_case(OfficerRole wanted, OfficerRole held, bool barred) =>
        Assert.Equal(barred ? held : null, RoleSeparation.Bars(wanted, [held]));

    private static RegisterWorld WithSubstitute(OfficerRole role = OfficerRole.UnitHead)
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-05-01 00:00", new RegisterChange
        {
            Id = "s1",
            Substitution = new Substitution
            {
                AbsentOfficerId = "li", SubstituteOfficerId = "zhang", UnitId = "team", Roles = { role }, Document = "授权书〔2026〕1号",
                From = RegisterWorld.Stamp("2026-06-10 00:00"), Until = RegisterWorld.Stamp("2026-06-20 00:00"),
            },
        });
        return world;
    }

    private static MayActRequest Request(string officer, OfficerRole role) => new() { OfficerId = officer, UnitId = "team", Role = role };

    private static GuardAnswer Ask(RegisterWorld world, string officer, OfficerRole role, string at, string domain = "")
    {
        MayActRequest act = Request(officer, role);
        act.Domain = domain;
        return OfficerPolicy.MayAct(world.Book, act, RegisterWorld.AsOf(at));
    }
}
