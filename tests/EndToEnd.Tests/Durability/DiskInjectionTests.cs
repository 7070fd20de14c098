using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Testing;
using Wire = EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>
/// The running service on the real file system: one of the calls durability rests on answers EIO, or the process is killed in it, in
/// a first start with a few records. Started again, it holds every receipt, takes every resend, and verify finds no difference. The
/// short form takes a sample of one call of a kind (what it does, in which directory), by MQTT those of its session log first; EE_LONG=1 takes all.
/// </summary>
public sealed class DiskInjectionTests(ITestOutputHelper output)
{
    private const int Records = 5;
    private const int ShortPoints = 10;
    private static readonly HttpClient Http = new();
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("grpc")]
    [InlineData("mqtt")]
    public async Task One_failing_call_of_the_service_loses_nothing_that_was_acknowledged(string door)
    {
        var calls = await ListAsync(door);
        var kinds = calls.GroupBy(c => c.Call.Kind(c.Root)).Select(g => g.First()).ToList();
        output.WriteLine($"{calls.Count} calls of {kinds.Count} kinds; seed {LongForm.Seed}");
        Assert.True(kinds.Count >= 10, string.Join('\n', kinds.Select(k => k.Call.ToString())));

        var random = new Random(LongForm.Seed);
        var points = LongForm.IsWanted ? [.. calls] : kinds.OrderBy(k => IsOfDoor(k.Call, door) ? 0 : 1).ThenBy(_ => random.Next()).Take(ShortPoints).ToList();
        var injected = 0;
        for (var i = 0; i < points.Count; i++)
            foreach (var what in LongForm.IsWanted ? ["error=EIO", "signal=KILL"] : new[] { i % 2 == 0 ? "error=EIO" : "signal=KILL" })
                injected += await InjectAsync(door, points[i].Call with { Path = Path.GetRelativePath(points[i].Root, points[i].Call.Path) }, what) ? 1 : 0;

        // strace counts by thread and by path as it was at the start: some calls are not met again.
        Assert.True(injected * 2 >= points.Count, $"{injected} of {points.Count} faults struck");
    }

    private static async Task<List<(DiskCall Call, string Root)>> ListAsync(string door)
    {
        using var folder = new TemporaryFolder();
        var root = folder.Sub("data");
        var log = Path.Combine(folder.Path, "strace.log");
        await using var service = new ServiceUnderTest(root);
        await service.StartAsync("strace", "-f", "-y", "-o", log, "-e", "trace=" + DiskCall.Traced);
        using var channel = service.Channel();
        using var producer = new FieldProducer("fault-dock", channel, service.Line(door, channel));
        var sent = new Dictionary<byte[], Receipt?>();
        await WorkAsync(producer, sent, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(null, sent.Values);
        await service.Process.TerminateTreeAsync();
        return [.. DiskCall.Parse(File.ReadLines(log), root).Select(c => (c, root))];
    }

    /// The session log and what else only MQTT writes.
    private static bool IsOfDoor(DiskCall call, string door) => door == "mqtt" && call.Path.Contains("/mqtt/", StringComparison.Ordinal);

    private static async Task WorkAsync(FieldProducer producer, Dictionary<byte[], Receipt?> sent, CancellationToken cancellation)
    {
        await producer.ConnectAsync(cancellation);
        for (var i = 0; i < Records; i++)
        {
            var envelope = producer.NextAlert($"排口 {i}");
            sent.Add(envelope, null);
            await producer.SendAsync(envelope, cancellation);
            sent[envelope] = (await producer.ReadAsync(cancellation)).Receipt;
        }
    }

    /// True if the fault struck.
    private async Task<bool> InjectAsync(string door, DiskCall call, string what)
    {
        using var folder = new TemporaryFolder();
        var root = folder.Sub("data");
        var log = Path.Combine(folder.Path, "strace.log");
        await using var service = new ServiceUnderTest(root);
        using var channel = service.Channel();
        using var producer = new FieldProducer("fault-dock", channel, service.Line(door, channel));
        var sent = new Dictionary<byte[], Receipt?>();
        try
        {
            service.Launch(
                "strace", "-f", "-y", "-o", log, "-P", Path.Combine(root, call.Path), "-e", "trace=" + call.Name, "-e", $"inject={call.Name}:{what}:when=1");
            await Eventually.Holds("it answers or has ended", Limit, async () => service.Process.HasExited || await IsHealthyAsync(service));
            if (!service.Process.HasExited)
                await WorkUntilTheEndAsync(service, producer, sent);
        }
        catch (Exception broken) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            // It ended, or refuses: what it promised before is what counts.
            output.WriteLine($"  {broken.GetType().Name}: {broken.Message.Split('\n')[0]}");
        }
        if (!service.Process.HasExited)
            await service.KillAsync();
        var trace = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        var struck = trace.Contains("(INJECTED)", StringComparison.Ordinal) || trace.Contains("killed by SIGKILL", StringComparison.Ordinal);
        output.WriteLine($"{call.Name} {call.Path}: {what}, struck: {struck}, {sent.Values.Count(r => r is not null)} receipts");

        await service.StartAsync();
        await HoldAsync(service, producer, sent);
        await service.KillAsync();
        var (code, verdict) = await service.VerifyAsync();
        Assert.True(code == 0, $"{call} {what}: {verdict}");
        return struck;
    }

    private static async Task<bool> IsHealthyAsync(ServiceUnderTest service)
    {
        using var answer = await Http.GetAsync(new Uri(service.HttpAddress + "/health"), TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode;
    }

    private static async Task WorkUntilTheEndAsync(ServiceUnderTest service, FieldProducer producer, Dictionary<byte[], Receipt?> sent)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var work = WorkAsync(producer, sent, over.Token);
        // A ledger that stopped leaves its callers waiting until the process is gone.
        await Eventually.Holds("the records are answered or it has ended", Limit, () => Task.FromResult(work.IsCompleted || service.Process.HasExited));
        await over.CancelAsync();
        await work;
    }

    private static async Task HoldAsync(ServiceUnderTest service, FieldProducer producer, Dictionary<byte[], Receipt?> sent)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var channel = service.Channel();
        var ledger = new Wire.Ledger.LedgerClient(channel);
        await producer.ConnectAsync(cancellation);
        foreach (var (envelope, promised) in sent)
        {
            await producer.SendAsync(envelope, cancellation);
            var again = (await producer.ReadAsync(cancellation)).Receipt;
            Assert.NotNull(again);
            if (promised is null)
                continue;
            Assert.Equal((promised.Index, promised.Leaf, ReceiptCode.Duplicate), (again.Index, again.Leaf, again.Code));
            var entry = await ledger.GetEntryAsync(new GetEntryRequest { Index = promised.Index }, cancellationToken: cancellation);
            Assert.Equal(promised.Leaf, entry.Leaf);
        }
    }
}
