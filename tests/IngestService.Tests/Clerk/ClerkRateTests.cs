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

    /// <summary>Batches of fifty readings of two hundred stations under ten rules each, all of them the centre's; then a start that finds no state.</summary>
    [Fact]
    public async Task FourHundredThousandReadings_ThroughTheRulesOfTheCentre()
    {
        const int Stations = 200, Batches = 8_000, PerBatch = 50;
        MemoryLedger ledger = new();
        CentreLoad.Fill(ledger, Stations, Batches, PerBatch);
        string directory = Directory.CreateTempSubdirectory("clerk-").FullName;

        long begin = TimeProvider.System.GetTimestamp();
        await using (ClerkHost clerk = new(ledger, directory))
            await clerk.CatchUpAsync();
        TimeSpan judged = TimeProvider.System.GetElapsedTime(begin);
        int facts = ledger.Entries.Count(entry => entry.Leaf.Origin == LeafOrigin.Clerk);
        FileInfo state = new(Path.Combine(directory, "clerk.detection"));
        long bytes = state.Length;
        state.Delete();
        begin = TimeProvider.System.GetTimestamp();
        await using (ClerkHost again = new(ledger, directory))
        {
            ledger.Append("agent-2", record => record.FieldAlert("later"));
            await again.CatchUpAsync();
        }
        TimeSpan fed = TimeProvider.System.GetElapsedTime(begin);

        output.WriteLine($"{Batches * PerBatch / judged.TotalSeconds:0} readings/s judged, {facts} facts; state {bytes} bytes; {Batches * PerBatch / fed.TotalSeconds:0} readings/s fed again");
        Assert.Equal(Stations, ledger.Entries.Select(entry => entry.Leaf).Count(leaf => leaf is { Origin: LeafOrigin.Clerk, Type: Contracts.V1.Record.AlertOpenedFieldNumber }) - 1);
    }
}
