using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Tests.Registers;

/// <summary>Check characters, masks, days, places.</summary>
public sealed class NumberTests
{
    [Theory]
    [InlineData("91350100M000100Y43", null)]           // the example of GB 32100-2015
    [InlineData("91350100M000100Y44", "'3' belongs there")]
    [InlineData("91350100M000100I43", "'I' does not occur")]
    [InlineData("91350100M000100Y4", "18 characters")]
    [InlineData("", "18 characters")]
    public void A_unified_social_credit_code_has_its_check_character(string code, string? fault) => AssertFault(fault, Uscc.Fault(code)?.ToString());

    [Fact]
    public void Every_single_wrong_character_is_seen()
    {
        const string code = "91350100M000100Y43";
        for (int i = 0; i < code.Length; i++)
        {
            char other = code[i] == '7' ? '8' : '7';
            Assert.NotNull(Uscc.Fault(code[..i] + other + code[(i + 1)..]));
        }
    }

    [Theory]
    [InlineData("11010519491231002X", null)]           // the example of GB 11643-1999
    [InlineData("11010519491231002x", null)]
    [InlineData("440524188001010014", null)]
    [InlineData("110105194912310021", "check character")]
    [InlineData("110105194913310023", "no day")]
    [InlineData("11010519491231", "17 digits")]
    public void An_identity_number_has_its_check_character(string number, string? fault) => AssertFault(fault, IdentityNumber.Fault(number)?.ToString());

    [Theory]
    [InlineData("11010519491231002X", "110*************2X")]
    [InlineData("E12345678", "E12****78")]
    [InlineData("A1234567", "********")]
    [InlineData("", "")]
    public void A_number_is_shown_masked(string number, string shown) => Assert.Equal(shown, IdentityNumber.Mask(number));

    // National Day 2026 as an example: 1 to 7 October off, 10 October made up.
    [Theory]
    [InlineData("2026-09-30", 1, "2026-10-08", false)]
    [InlineData("2026-09-30", 3, "2026-10-10", false)] // the Saturday that is worked
    [InlineData("2026-09-30", 4, "2026-10-12", false)]
    [InlineData("2026-12-31", 1, "2027-01-01", true)]  // 2027 has not come: by weekends alone, and said so
    [InlineData("2026-10-10", 0, "2026-10-10", false)]
    public void Working_days(string from, int count, string due, bool provisional)
    {
        RegisterWorld world = new();
        WorkingCalendar calendar = new() { Source = "通知", MakeUpDays = { "2026-10-10" } };
        calendar.Holidays.AddRange(Enumerable.Range(1, 7).Select(day => $"2026-10-0{day}"));
        world.Add("2026-01-01 00:00", new RegisterChange { Id = "2026", Calendar = calendar });
        Assert.True(CivilDay.TryParse(from, out DateOnly day));
        WorkingDays days = new(world.Book, RegisterWorld.AsOf("2026-06-01 00:00"));

        Assert.Equal((due, provisional), (CivilDay.ToText(days.After(day, count)), days.IsProvisional));
    }

    [Theory]
    [InlineData("2026-11-28 00:00:00", "2026-11-28")]
    [InlineData("2026-11-28 23:59:59", "2026-11-28")]
    [InlineData("1969-12-31 23:59:59", "1969-12-31")]
    [InlineData("1970-01-01 08:00:00", "1970-01-01")]
    public void A_day_is_Shanghais(string instant, string day)
    {
        Assert.Equal(day, CivilDay.ToText(CivilDay.Of(RegisterWorld.At(instant))));
        Assert.True(CivilDay.TryParse(day, out DateOnly parsed));
        Assert.InRange(RegisterWorld.At(instant) - CivilDay.StartOf(parsed), 0, CivilDay.MicrosPerDay - 1);
    }

    [Theory]
    [InlineData("""{"type":"Polygon","coordinates":[[[106,29],[107,29],[107,30],[106,30],[106,29]],[[106.4,29.4],[106.6,29.4],[106.6,29.6],[106.4,29.6],[106.4,29.4]]]}""", 29.2, 106.2, 0, true)]
    [InlineData("""{"type":"Polygon","coordinates":[[[106,29],[107,29],[107,30],[106,30],[106,29]],[[106.4,29.4],[106.6,29.4],[106.6,29.6],[106.4,29.6],[106.4,29.4]]]}""", 29.5, 106.5, 0, false)]
    [InlineData("""{"type":"LineString","coordinates":[[106.5,29.5],[106.6,29.5]]}""", 29.5009, 106.55, 110, true)]    // 100 m off
    [InlineData("""{"type":"LineString","coordinates":[[106.5,29.5],[106.6,29.5]]}""", 29.5009, 106.55, 90, false)]
    [InlineData("""{"type":"Point","coordinates":[106.5,29.5]}""", 29.5, 106.5005, 50, true)]                          // 48 m off
    public void A_place_lies_in_a_territory(string geoJson, double latitude, double longitude, double corridorM, bool inside) =>
        Assert.Equal(inside, TerritoryPolicy.Holds(new Territory { GeoJson = geoJson, CorridorM = corridorM }, latitude, longitude));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"type\":\"Polygon\"}")]
    [InlineData("""{"type":"Polygon","coordinates":[[[106,29],[107,29],[107,30],[106,30]]]}""")]     // not closed
    [InlineData("""{"type":"Point","coordinates":[29.5,106.5]}""")]                                   // latitude first
    [InlineData("""{"type":"Polygon","coordinates":"x"}""")]
    [InlineData("""{"type":"Circle","coordinates":[106,29]}""")]
    [InlineData("""{"type":"LineString","coordinates":[[106,29],["a",29]]}""")]
    public void What_is_no_geometry_is_said_to_be_none(string geoJson) => Assert.False(Geometry.TryParse(geoJson, out _));

    private static void AssertFault(string? expected, string? found)
    {
        if (expected is null)
            Assert.Null(found);
        else
            Assert.Contains(expected, found, StringComparison.Ordinal);
    }
}
