using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Tests.Doubles;

namespace EdgeEnforcement.IngestService.Tests.Clerk;

/// <summary>Reports a rate, asserts only that nothing is lost: what a rate should be is the benchmarks' question.</summary>
public sealed class ClerkRateTests(ITestOutputHelper output)
{
    [Fact]
    public async Task TwentyThousandAlerts_ThroughClerkAndProjections()
    {
        const int Alerts = 20_000;
        MemoryLedger ledger = new();
        for (int i = 0; i < Alerts; i++)
        {
            string episode = $"e{i}";
            ledger.Append("agent-1", record => record.FieldAlert(episode));
        }

        long begin = TimeProvider.System.GetTimestamp();
        await using DeskHost desk = new(ledger);
        await desk.Projections.StartAsync(TestContext.Current.CancellationToken);
        await using ClerkHost clerk = new(ledger);
        await clerk.CatchUpAsync();
        TimeSpan decided = TimeProvider.System.GetElapsedTime(begin);
        await desk.CatchUpAsync(ledger);
        TimeSpan projected = TimeProvider.System.GetElapsedTime(begin);

        output.WriteLine($"{Alerts / decided.TotalSeconds:0} alerts/s decided, {Alerts / projected.TotalSeconds:0} alerts/s projected");
        Assert.Equal(Alerts, ledger.Entries.Count(entry => entry.Leaf.Origin == LeafOrigin.Clerk));
        Assert.Equal((ulong)Alerts, desk.Alerts.CountUnacknowledged());
    }
}
