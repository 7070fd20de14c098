using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Tests.Registers;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Rules;

public sealed class AlertRulesTests
{
    [Theory]
    [InlineData("2026-03-02 21:59:59", 10)]
    [InlineData("2026-03-02 22:00", 20)]
    [InlineData("2026-03-03 00:00", 20)]
    [InlineData("2026-03-03 05:59:59", 20)]
    [InlineData("2026-03-03 06:00", 10)]
    public void The_night_goes_over_midnight_in_Shanghai(string at, int minutes)
    {
        AlertRules rules = ProcedureRulesParser.TryParse(ProcedureRulesParserTests.ReadSample(), out _)!.Alerts!;

        Assert.Equal(RegisterWorld.At(at) + minutes * 60_000_000L, rules.DueMicros(AlertSeverity.Critical, RegisterWorld.At(at)));
    }

    [Fact]
    public void A_severity_without_a_time_has_no_clock() =>
        Assert.Null(new AlertRules(new Dictionary<AlertSeverity, AcknowledgeTime>(), default, default, 0).DueMicros(AlertSeverity.Critical, 0));
}
