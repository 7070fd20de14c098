using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases.Lifecycle;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Tests.Doubles;

namespace EdgeEnforcement.IngestService.Tests.Cases;

public sealed class AlertTransitionsTests
{
    // Every cell of state × act: 1 = may be taken.
    private static readonly Dictionary<AlertState, int[]> Table = new()
    {
        //                        ack close reopen lead case
        [AlertState.New] = [1, 1, 0, 1, 0],
        [AlertState.Acknowledged] = [0, 1, 0, 1, 0],
        [AlertState.Closed] = [0, 0, 1, 0, 0],
        [AlertState.Lead] = [0, 0, 0, 0, 1],
    };

    [Fact]
    public void EveryCell()
    {
        foreach (AlertState state in Enum.GetValues<AlertState>().Where(state => state != AlertState.Unspecified))
        {
            foreach (AlertAct act in Enum.GetValues<AlertAct>())
            {
                Decision decision = Decide(Alert(state), act);

                bool permitted = Table[state][(int)act] == 1;
                Assert.True(permitted == decision.Fact is not null, $"{act} on {state}");
                Assert.True(permitted || decision.Refusal!.Code == RefusalCode.NotPermitted, $"{act} on {state}");
                Assert.All(decision.Fact?.Preconditions.Where(c => c.Stream == "alert/a") ?? [], c => Assert.Equal(7UL, c.ExpectedVersion));
                Assert.True(!permitted || decision.Fact!.Preconditions.Any(c => c.Stream == "alert/a"), $"{act} on {state} carries no version");
            }
        }
    }

    [Theory]
    [InlineData(AlertState.New)]
    [InlineData(AlertState.Acknowledged)]
    [InlineData(AlertState.Closed)]
    [InlineData(AlertState.Lead)]
    public void Hazard_NeverBecomesALead(AlertState state)
    {
        Decision decision = AlertDecider.RegisterLead(Alert(state) with { Kind = AlertKind.Hazard }, Story.Operator, "属实", "N");

        Assert.Equal(RefusalCode.NotPermitted, decision.Refusal?.Code);
        Assert.Contains("转防汛", decision.Refusal?.Detail);
    }

    [Fact]
    public void Lead_WithACase_OpensNoSecond()
    {
        Decision decision = CaseDecider.Open(new OpenCaseRequest { LeadId = "L-a" }, "C2", Alert(AlertState.Lead) with { CaseId = "C1" });

        Assert.Contains("C1", decision.Refusal?.Detail);
    }

    private static Decision Decide(AlertSnapshot alert, AlertAct act) => act switch
    {
        AlertAct.Acknowledge => AlertDecider.Acknowledge(alert, Story.Operator),
        AlertAct.Close => AlertDecider.Close(alert, Story.Operator, CloseReason.FalseAlarm, ""),
        AlertAct.Reopen => AlertDecider.Reopen(alert, Story.Operator, ""),
        AlertAct.RegisterLead => AlertDecider.RegisterLead(alert, Story.Operator, "属实", "N"),
        AlertAct.OpenCase => CaseDecider.Open(new OpenCaseRequest { LeadId = "L-a" }, "C1", alert),
        _ => throw new ArgumentOutOfRangeException(nameof(act)),
    };

    private static AlertSnapshot Alert(AlertState state) => new("a", AlertKind.SuspectedViolation, state, 7, "", "");
}
