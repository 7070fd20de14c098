using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using Grpc.Core;
using Wire = EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>A flush that fails has an unknown outcome: nothing more is acknowledged, the process ends and says why, recovery decides.</summary>
public sealed class FlushFaultTests
{
    private const int LedgerStopped = 3;
    private const int FailingFlush = 20;

    [Theory]
    [InlineData("grpc")]
    [InlineData("mqtt")]
    public async Task A_failed_flush_stops_the_service_and_no_receipt_leaves_after_it(string door)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var data = folder.Sub("data");
        var segment = Path.Combine(data, "ledger", "segments", "00000000000000000000.seg");
        await using var broken = new ServiceUnderTest(data);
        await broken.StartAsync("strace", "-f", "-o", "/dev/null", "-P", segment, "-e", "trace=fsync", "-e", $"inject=fsync:error=EIO:when={FailingFlush}");

        var receipts = new List<Receipt>();
        using (var channel = broken.Channel())
        using (var producer = new FieldProducer("eio-dock", channel, broken.Line(door, channel)))
        {
            await producer.ConnectAsync(cancellation);
            var stopped = await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                for (var sent = 0; sent < 10 * FailingFlush; sent++)
                {
                    await producer.SendAsync(producer.NextAlert($"报警 {sent}"), cancellation);
                    receipts.Add((await producer.ReadAsync(cancellation)).Receipt);
                }
            });
            Assert.True(stopped is RpcException or InvalidOperationException or IOException, stopped.ToString());
        }

        await Eventually.Holds("the service has ended", TimeSpan.FromSeconds(30), () => Task.FromResult(broken.Process.HasExited));
        Assert.Equal(LedgerStopped, broken.Process.ExitCode);
        Assert.InRange(receipts.Count, 1, FailingFlush);

        await using var recovered = new ServiceUnderTest(data);
        await recovered.StartAsync();
        using var again = recovered.Channel();
        var ledger = new Wire.Ledger.LedgerClient(again);
        foreach (var receipt in receipts)
        {
            var entry = await ledger.GetEntryAsync(new GetEntryRequest { Index = receipt.Index }, cancellationToken: cancellation);
            Assert.Equal(receipt.Leaf, entry.Leaf);
        }
    }
}
