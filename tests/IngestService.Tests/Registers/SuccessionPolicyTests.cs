using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Tests.Registers;

/// <summary>"Who could take over from him", as tables.</summary>
public sealed class SuccessionPolicyTests
{
    private const string Begin = "2026-01-01 00:00";
    private const string After = "2026-11-29 09:00"; // zhang's certificate counted through the 28th

    private static readonly HeldCase Case = new("C-7", "渝案〔2026〕7号", "market");

    [Theory]
    [InlineData("sun", true, true, "")]                 // a handler of the unit with a certificate for it
    [InlineData("li", true, false, "ROLE")]             // legal reviewer: by substitution
    [InlineData("river", false, true, "DOMAIN")]
    [InlineData("away", false, true, "LEAVE")]
    [InlineData("lapsed", false, true, "CERTIFICATE")]
    [InlineData("kin", false, true, "RECUSAL")]
    [InlineData("kin2", false, true, "RECUSAL")]        // recused by the number people call the case by
    [InlineData("judge", false, true, "SEPARATION")]    // named its legal reviewer
    public void A_case_goes_to_who_may_handle_it_and_the_others_are_told_why_not(string officer, bool proposed, bool holdsRole, string failing)
    {
        Taker taker = Vacancy("C-7").Takers.Single(known => known.OfficerId == officer);

        Assert.Equal((proposed, holdsRole), (taker.Proposed, taker.HoldsRole));
        Assert.Equal(failing, string.Join(' ', taker.Steps.Where(step => !step.Passed).Select(step => step.Name)));
    }

    [Fact]
    public void Nobody_of_another_unit_is_asked_and_who_may_stands_first()
    {
        string[] order = [.. Vacancy("C-7").Takers.Select(taker => taker.OfficerId)];

        Assert.Equal(["sun", "li"], order[..2]);
        Assert.DoesNotContain("zhang", order);
        Assert.DoesNotContain("wang", order);
    }

    [Fact]
    public void Without_a_case_the_role_itself_is_proposed_and_no_case_stands_against_anybody()
    {
        Vacancy vacancy = Vacancy("");

        Assert.Equal(OfficerRole.Handler, vacancy.Role);
        Assert.Equal(["judge", "kin", "kin2", "river", "sun", "li"], vacancy.Takers.Where(taker => taker.Proposed).Select(taker => taker.OfficerId));
    }

    [Theory]
    [InlineData("2026-11-28 23:59", "")]
    [InlineData("2026-11-29 00:00", "CERTIFICATE")]
    public void Why_he_cannot_go_on_himself_is_said(string at, string hinders) =>
        Assert.Equal(hinders, string.Join(' ', SuccessionPolicy.Propose(World().Book, "zhang", [], RegisterWorld.AsOf(at)).Hinders.Select(step => step.Name)));

    [Fact]
    public void Who_has_left_still_leaves_what_he_had()
    {
        RegisterWorld world = World();
        RegisterChange left = RegisterWorld.Officer("zhang", "张三", "team", "2026-01-01", "2026-11-28", OfficerRole.Handler);
        left.Ended = true;
        world.Add("2026-11-28 18:00", left);

        TakerProposals proposals = SuccessionPolicy.Propose(world.Book, "zhang", [Case], RegisterWorld.AsOf(After));

        Assert.Equal("OFFICER", Assert.Single(proposals.Hinders).Name);
        Assert.True(proposals.Vacancies.Single(known => known.CaseId == "C-7").Takers[0].Proposed);
    }

    private static Vacancy Vacancy(string caseId) =>
        SuccessionPolicy.Propose(World().Book, "zhang", [Case], RegisterWorld.AsOf(After)).Vacancies.Single(known => known.CaseId == caseId);

    private static RegisterWorld World()
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add(Begin, Officer("sun", OfficerRole.Handler));
        world.Add(Begin, Officer("away", OfficerRole.Handler));
        world.Add(Begin, Officer("kin", OfficerRole.Handler));
        world.Add(Begin, Officer("kin2", OfficerRole.Handler));
        world.Add(Begin, Officer("judge", OfficerRole.Handler));
        RegisterChange river = Officer("river", OfficerRole.Handler);
        river.Officer.Certificates[0].Domains.Clear();
        river.Officer.Certificates[0].Domains.Add("river");
        world.Add(Begin, river);
        world.Add(Begin, RegisterWorld.Officer("lapsed", "钱七", "team", "2026-01-01", "2026-06-30", OfficerRole.Handler));
        world.Add(Begin, new RegisterChange { Id = "l1", Leave = new OfficerLeave { OfficerId = "away", From = RegisterWorld.Stamp("2026-11-20 00:00"), Until = RegisterWorld.Stamp("2026-12-20 00:00"), Kind = "病假" } });
        world.Add(Begin, new RegisterChange { Id = "r1", Recusal = new Recusal { OfficerId = "kin", CaseId = "C-7", Ground = "近亲属" } });
        world.Add(Begin, new RegisterChange { Id = "r2", Recusal = new Recusal { OfficerId = "kin2", CaseId = "渝案〔2026〕7号", Ground = "利害关系" } });
        world.Add(Begin, new RegisterChange { Id = "v1", Reviewer = new OutsideReviewer { OfficerId = "judge", UnitId = "city", CaseIds = { "C-7" }, Roles = { OfficerRole.LegalReviewer } } });
        return world;
    }

    private static RegisterChange Officer(string id, params OfficerRole[] roles) => RegisterWorld.Officer(id, "某" + id, "team", "2026-01-01", "2030-12-31", roles);
}
