using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>The ordinary path over the wire, with the registers' people and the sample rules.</summary>
public sealed class OrdinaryPathTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ee-procedure-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Theory]
    [InlineData("environment")]
    [InlineData("river")]
    [InlineData("market")]
    [InlineData("urban")]
    [InlineData("traffic")]
    public async Task A_street_finding_goes_to_the_archive(string domain)
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        OrdinaryPath path = new(stack, await stack.OpenAsync("倾倒垃圾", domain), domain);

        await path.FileAsync();
        await path.InvestigateAsync();
        await path.ReviewAsync();
        await path.NotifyAndWaiveAsync();
        await path.DecideAsync();
        ProcedureCase performed = await path.PayAsync();
        ProcedureCase archived = await path.ArchiveAsync();

        Assert.Equal(ProcedureState.F0Performing, performed.State);
        Assert.Equal(ProcedureState.G1Archived, archived.State);
        Assert.All(archived.Clocks, clock => Assert.True(clock.StoppedAt is not null || clock.Effect == ClockEffect.Opens, clock.ToString()));
    }

    [Fact]
    public async Task A_decision_without_a_served_notice_is_refused_with_its_article()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data, Cancellation);
        OrdinaryPath path = new(stack, await stack.OpenAsync("倾倒垃圾"), "environment");
        await path.FileAsync();
        await path.InvestigateAsync();
        await path.ReviewAsync();

        ProcedureRefusal refusal = await stack.RefusedAsync(path.CaseId, ProcedureActKind.DecidePenalty, "han-a", OfficerRole.Handler, OrdinaryPath.Decision);

        Assert.Equal("STATE", Assert.Single(refusal.Guards).Name);
        Assert.Contains(refusal.Guards[0].Articles, article => article is { Id: "APL-62", Law: "中华人民共和国行政处罚法", Article: "第六十二条" });
    }
}
