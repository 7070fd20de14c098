using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Tests.Registers;

/// <summary>"May this unit handle this item here on this date", as a table.</summary>
public sealed class CompetencePolicyTests
{
    private const string Square = """{"type":"Polygon","coordinates":[[[106.5,29.5],[106.6,29.5],[106.6,29.6],[106.5,29.6],[106.5,29.5]]]}""";

    [Theory]
    [InlineData("city", "fake", "2026-02-28 23:59", false, "GRANT")]     // the grant begins on 1 March
    [InlineData("city", "fake", "2026-03-01 00:00", true, "")]
    [InlineData("team", "fake", "2026-06-01 10:00", true, "")]           // an internal team acts by what its agency holds
    [InlineData("city", "fake", "2026-12-31 23:59", true, "")]           // the last day counts in full
    [InlineData("city", "fake", "2027-01-01 00:00", false, "GRANT")]
    [InlineData("town", "fake", "2026-06-01 10:00", false, "GRANT")]
    [InlineData("city", "other", "2026-06-01 10:00", false, "ITEM")]
    [InlineData("nobody", "fake", "2026-06-01 10:00", false, "UNIT")]
    [InlineData("city", "fake", "2025-12-31 10:00", false, "UNIT")]      // nothing was registered then
    public void MayHandle(string unit, string item, string at, bool allowed, string failing)
    {
        GuardAnswer answer = Ask(RegisterWorld.Market(), unit, item, at);

        Assert.Equal(allowed, answer.Allowed);
        Assert.Equal(failing, answer.Steps.FirstOrDefault(step => !step.Passed)?.Name ?? "");
    }

    [Fact]
    public void Conferral_decides_in_its_own_name_and_delegation_in_that_of_who_delegated()
    {
        RegisterWorld conferred = RegisterWorld.Market(), delegated = RegisterWorld.Market();
        conferred.Add("2026-02-01 00:00", RegisterWorld.Grant("g-town", "town", GrantBasis.Conferred, "fake"));
        delegated.Add("2026-02-01 00:00", RegisterWorld.Grant("g-org", "org", GrantBasis.Delegated, "fake"));

        GuardAnswer own = Ask(conferred, "town", "fake", "2026-06-01 10:00");
        GuardAnswer others = Ask(delegated, "org", "fake", "2026-06-01 10:00");

        Assert.Equal((true, "town", GrantBasis.Conferred), (own.Allowed, own.InNameOfUnitId, own.Basis));
        Assert.Equal((true, "city", GrantBasis.Delegated), (others.Allowed, others.InNameOfUnitId, others.Basis));
        Assert.Equal("第五十条", Assert.Single(own.Law).Article);
    }

    [Fact]
    public void A_delegation_ends_with_the_agency_that_delegated()
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-02-01 00:00", RegisterWorld.Grant("g-org", "org", GrantBasis.Delegated, "fake"));
        RegisterChange end = RegisterWorld.Unit("city", "市市场监管局", UnitStanding.Agency, UnitLevel.City);
        end.Ended = true;
        world.Add("2026-07-01 00:00", end);

        Assert.True(Ask(world, "org", "fake", "2026-06-30 23:59").Allowed);
        Assert.False(Ask(world, "org", "fake", "2026-07-01 00:00").Allowed);
    }

    [Fact]
    public void An_organisation_does_not_act_by_what_stands_above_it()
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-02-01 00:00", RegisterWorld.Unit("org", "受托服务中心", UnitStanding.Organisation, UnitLevel.Town, "city"));

        Assert.False(Ask(world, "org", "fake", "2026-06-01 10:00").Allowed);
    }

    [Theory]
    [InlineData(29.55, 106.55, true)]
    [InlineData(29.55, 106.61, false)]
    public void A_grant_for_a_territory_holds_within_it(double latitude, double longitude, bool allowed)
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-02-01 00:00", new RegisterChange { Id = "yuzhong", Territory = new Territory { Name = "渝中区", Kind = TerritoryKind.District, GeoJson = Square } });
        RegisterChange grant = RegisterWorld.Grant("g-city", "city", GrantBasis.Statutory, "fake");
        grant.Grant.TerritoryIds.Add("yuzhong");
        world.Add("2026-02-01 00:00", grant);
        MayHandleRequest ask = new() { UnitId = "team", ItemId = "fake", HasPoint = true, Latitude = latitude, Longitude = longitude };

        GuardAnswer answer = CompetencePolicy.MayHandle(world.Book, ask, RegisterWorld.AsOf("2026-06-01 10:00"));

        Assert.Equal(allowed, answer.Allowed);
        Assert.Equal(allowed, answer.Steps.Single(step => step.Name == "TERRITORY").Passed);
    }

    [Fact]
    public void A_place_inside_a_granted_one_is_granted()
    {
        RegisterWorld world = RegisterWorld.Market();
        world.Add("2026-02-01 00:00", new RegisterChange { Id = "yuzhong", Territory = new Territory { Name = "渝中区", GeoJson = Square } });
        world.Add("2026-02-01 00:00", new RegisterChange { Id = "jialing-3", Territory = new Territory { Name = "嘉陵江三段", ParentId = "yuzhong" } });
        RegisterChange city = RegisterWorld.Unit("city", "市市场监管局", UnitStanding.Agency, UnitLevel.City);
        city.Unit.TerritoryIds.Add("yuzhong");
        world.Add("2026-02-01 00:00", city);
        GuardAnswer Place(string territory) => CompetencePolicy.MayHandle(
            world.Book, new MayHandleRequest { UnitId = "team", ItemId = "fake", TerritoryId = territory }, RegisterWorld.AsOf("2026-06-01 10:00"));

        Assert.True(Place("jialing-3").Allowed);
        Assert.False(Place("elsewhere").Allowed);
    }

    [Fact]
    public void No_article_in_force_that_day_is_no_competence()
    {
        RegisterWorld world = RegisterWorld.Market();
        RegisterChange item = RegisterWorld.Item("fake", "market");
        item.Item.Basis[0].ThroughDay = "2026-05-31";
        world.Add("2026-02-01 00:00", item);

        Assert.True(Ask(world, "city", "fake", "2026-05-31 12:00").Allowed);
        Assert.Equal("LAW", Ask(world, "city", "fake", "2026-06-01 12:00").Steps.First(step => !step.Passed).Name);
    }

    private static GuardAnswer Ask(RegisterWorld world, string unit, string item, string at) => CompetencePolicy.MayHandle(
        world.Book, new MayHandleRequest { UnitId = unit, ItemId = item }, RegisterWorld.AsOf(at));
}
