using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>
/// How long a start takes as the ledger grows, in one directory: after a clean stop, after SIGKILL under load, and the first one that
/// projects everything; and what verifying all of it costs. From process start to a health that says ready.
/// </summary>
internal static class RestartLoad
{
    private const int Starts = 3;

    /// <summary>The same of a directory that is there already, however it came about.</summary>
    public static async Task<int> RunAtAsync(string data)
    {
        Say($"after SIGTERM: {await StartsAsync(data)}");
        Say($"after SIGKILL under load: {await AfterKillAsync(data)}");
        return 0;
    }

    public static async Task<int> FillAsync(string data, ulong entries)
    {
        var (open, append, appended) = await new LedgerFill(data).GrowToAsync(entries);
        Say($"{appended:N0} appended at {appended / append:N0}/s; opening what was there before took {open:F2} s in process");
        if (appended > 0)
            await ProjectAsync(data, appended);
        return 0;
    }

    public static async Task<int> RunAsync(ulong most)
    {
        using var folder = new ScratchFolder();
        var data = Path.Combine(folder.Path, "data");
        Say($"no entries: first start {await FirstStartAsync(data):F2} s; {await StartsAsync(data)}");
        for (var entries = 100_000UL; entries <= most; entries *= 10)
        {
            var (open, append, appended) = await new LedgerFill(data).GrowToAsync(entries);
            Say($"{entries:N0} entries: {appended:N0} appended at {appended / append:N0}/s; opening what was there before took {open:F2} s in process");
            await ProjectAsync(data, appended);
            Say($"{entries:N0} entries, projected, after SIGTERM: {await StartsAsync(data)}");
            Say($"{entries:N0} entries, after SIGKILL under load: {await AfterKillAsync(data)}");
            await VerifyAsync(data);
        }
        return 0;
    }

    private static async Task<double> FirstStartAsync(string data)
    {
        using var service = await IngestProcess.StartAsync(data);
        await service.StopAsync();
        return service.ReadySeconds;
    }

    private static async Task<string> StartsAsync(string data)
    {
        var starts = new (double, double)[Starts];
        for (var i = 0; i < Starts; i++)
        {
            using var service = await IngestProcess.StartAsync(data);
            starts[i] = (service.ReadySeconds, service.ReadyCpuSeconds);
            await service.StopAsync();
        }
        return Line(starts);
    }

    private static async Task<string> AfterKillAsync(string data)
    {
        var starts = new (double, double)[Starts];
        for (var i = 0; i < Starts; i++)
        {
            using (var loaded = await IngestProcess.StartAsync(data))
            {
                using var client = new ReportClient($"killed-{TimeProvider.System.GetTimestamp()}", loaded.GrpcAddress);
                await client.RegisterAsync();
                client.Sign(20_000, ReportLoad.Alert);
                var sending = client.SendAllAsync(256);
                await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System);
                loaded.Kill();
                try
                {
                    await sending;
                    throw new InvalidOperationException("the load ended before the kill");
                }
                catch (Grpc.Core.RpcException)
                {
                    // killed in the middle, as meant
                }
            }
            using var service = await IngestProcess.StartAsync(data);
            starts[i] = (service.ReadySeconds, service.ReadyCpuSeconds);
            await service.StopAsync();
        }
        return Line(starts);
    }

    private static async Task ProjectAsync(string data, ulong appended)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var service = await IngestProcess.StartAsync(data);
        var ready = service.ReadySeconds;
        while (await service.LargestGapAsync() > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        Say($"  first start with {appended:N0} entries to project: ready after {ready:F2} s, all projections and the clerk there after {seconds:F1} s ({appended / seconds:N0} entries/s); {service.Memory}");
        await service.StopAsync();
    }

    private static async Task VerifyAsync(string data)
    {
        var bytes = Directory.EnumerateFiles(Path.Combine(data, "ledger", "segments")).Sum(path => new FileInfo(path).Length);
        var (seconds, cpu, _) = await IngestProcess.CommandAsync("verify", data);
        Say($"  ingest verify: {bytes / 1e9:F2} GB in {seconds:F1} s, {bytes / 1e9 / seconds:F2} GB/s, {cpu:F1} CPU s");
    }

    private static string Line((double Wall, double Cpu)[] starts) =>
        string.Join(" / ", starts.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Wall:F2}"))) + " s to ready, CPU "
        + string.Join(" / ", starts.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Cpu:F2}"))) + " s";

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
