using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using Grpc.Core;
using Wire = EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EndToEnd.Tests.Space;

/// <summary>The kernel says ENOSPC in spite of every watermark: the service stops rather than guess, the station goes on in place.</summary>
public sealed class NoSpaceTests
{
    private const int LedgerStopped = 3;
    private const int RefusedWrite = 15;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("grpc")]
    [InlineData("mqtt")]
    public async Task The_service_acknowledges_nothing_of_a_refused_write_and_a_start_brings_back_all_it_did_acknowledge(string door)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var data = folder.Sub("data");
        await using var full = new ServiceUnderTest(data);
        await full.StartAsync(Refusing(Path.Combine(data, "ledger", "segments", "00000000000000000000.seg")));

        var receipts = new List<Receipt>();
        using (var channel = full.Channel())
        using (var producer = new FieldProducer("full-dock", channel, full.Line(door, channel)))
        {
            await producer.ConnectAsync(cancellation);
            var stopped = await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                for (var sent = 0; sent < 10 * RefusedWrite; sent++)
                {
                    await producer.SendAsync(producer.NextAlert($"报警 {sent}"), cancellation);
                    receipts.Add((await producer.ReadAsync(cancellation)).Receipt);
                }
            });
            Assert.True(stopped is RpcException or InvalidOperationException or IOException, stopped.ToString());
        }
        await Eventually.Holds("the service has ended", Limit, () => Task.FromResult(full.Process.HasExited));
        Assert.Equal(LedgerStopped, full.Process.ExitCode);
        Assert.InRange(receipts.Count, 1, RefusedWrite);

        await using var recovered = new ServiceUnderTest(data);
        await recovered.StartAsync();
        using var again = recovered.Channel();
        var ledger = new Wire.Ledger.LedgerClient(again);
        foreach (var receipt in receipts)
            Assert.Equal(receipt.Leaf, (await ledger.GetEntryAsync(new GetEntryRequest { Index = receipt.Index }, cancellationToken: cancellation)).Leaf);
        await recovered.Process.TerminateAsync();
        var (code, output) = await recovered.VerifyAsync();
        Assert.True(code == 0, output);
    }

    [Theory]
    [InlineData("grpc")]
    [InlineData("mqtt")]
    public async Task The_station_refuses_the_alert_opens_its_spool_again_in_place_and_goes_on(string transport)
    {
        using var folder = new TemporaryFolder();
        await using var service = new ServiceUnderTest(folder.Sub("data"));
        await using var agent = new AgentUnderTest(folder.Path, service.GrpcAddress);
        agent.UseTransport(transport, service.MqttPort);
        agent.Environment["EDGE_AGENT_Space__MeasureInterval"] = "00:00:00.100";
        await service.StartAsync();
        await agent.StartAsync(Refusing(Path.Combine(agent.DataDirectory, "spool", "e000001", "p0", "00000000000000000000.seg")));

        var taken = new List<string>();
        var refused = 0;
        await Eventually.Holds("alerts before and after a refused write", Limit, async () =>
        {
            if (await agent.TryAlertAsync($"报警 {taken.Count}") is { } episode)
                taken.Add(episode);
            else
                refused++;
            return refused > 0 && taken.Count > 2 * RefusedWrite;
        });

        Assert.False(agent.Process.HasExited);
        Assert.Contains("it was recovered and is open again", agent.Process.Output);
        await Eventually.Holds("everything at the centre and proved", Limit, async () => (await agent.StatusAsync())!.IsDone(0));
        using var channel = service.Channel();
        var ledger = await Durability.LedgerDump.ReadAsync(channel, TestContext.Current.CancellationToken);
        var episodes = ledger.Entries.Select(e => e.Record?.FieldAlert?.EpisodeId).OfType<string>().ToList();
        Assert.Equal(taken.Order(), episodes.Order());
        await agent.Process.TerminateTreeAsync();
    }

    private static string[] Refusing(string file) =>
    [
        "strace", "-f", "-o", "/dev/null", "-P", file, "-e", "trace=pwrite64,pwritev",
        "-e", $"inject=pwrite64,pwritev:error=ENOSPC:when={RefusedWrite}",
    ];
}
