using System.Diagnostics;
using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>
/// How long a start takes as the ledger grows, in one directory: after a clean stop, after SIGKILL under load, and the first one that
/// projects everything; and what verifying all of it costs. From process start to a health that says ready.
/// </summary>
internal static class RestartLoad
{
    private const int Starts = 3;

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
        using var service = await Service.StartAsync(data);
        await service.StopAsync();
        return service.ReadySeconds;
    }

    private static async Task<string> StartsAsync(string data)
    {
        var seconds = new double[Starts];
        for (var i = 0; i < Starts; i++)
        {
            using var service = await Service.StartAsync(data);
            seconds[i] = service.ReadySeconds;
            await service.StopAsync();
        }
        return Line(seconds);
    }

    private static async Task<string> AfterKillAsync(string data)
    {
        var seconds = new double[Starts];
        for (var i = 0; i < Starts; i++)
        {
            using (var loaded = await Service.StartAsync(data))
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
            using var service = await Service.StartAsync(data);
            seconds[i] = service.ReadySeconds;
            await service.StopAsync();
        }
        return Line(seconds);
    }

    private static async Task ProjectAsync(string data, ulong appended)
    {
        var started = TimeProvider.System.GetTimestamp();
        using var service = await Service.StartAsync(data);
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
        var started = TimeProvider.System.GetTimestamp();
        using var verify = Process.Start(new ProcessStartInfo("dotnet", [PartProcess.Assembly("IngestService", "ingest"), "verify", data]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("dotnet did not start");
        var output = await verify.StandardOutput.ReadToEndAsync();
        await verify.WaitForExitAsync();
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        if (verify.ExitCode != 0)
            throw new InvalidOperationException(output);
        Say($"  ingest verify: {bytes / 1e9:F2} GB in {seconds:F1} s, {bytes / 1e9 / seconds:F2} GB/s");
    }

    private static string Line(double[] seconds) => string.Join(" / ", seconds.Select(s => s.ToString("F2", CultureInfo.InvariantCulture))) + " s to ready";

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// One running service on ports of its own.
    private sealed class Service : IDisposable
    {
        private static readonly HttpClient Http = new();
        private readonly PartProcess _part;
        private readonly int _http;

        private Service(PartProcess part, int grpc, int http, double readySeconds)
        {
            _part = part;
            _http = http;
            GrpcAddress = $"http://127.0.0.1:{grpc}";
            ReadySeconds = readySeconds;
        }

        public string GrpcAddress { get; }

        public double ReadySeconds { get; }

        public string Memory => _part.Read() is var (resident, peak, cpu) ? string.Create(CultureInfo.InvariantCulture, $"{resident} MiB, peak {peak}, {cpu:F1} CPU s") : "";

        public static async Task<Service> StartAsync(string data)
        {
            var (grpc, http) = (PartProcess.FreePort(), PartProcess.FreePort());
            var started = TimeProvider.System.GetTimestamp();
            var part = await PartProcess.StartAsync(PartProcess.Assembly("IngestService", "ingest"),
                ["run", "--data", data, "--grpc-port", $"{grpc}", "--http-port", $"{http}", "--mqtt-port", "0"], $"http://127.0.0.1:{http}/health");
            return new Service(part, grpc, http, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        }

        public async Task<double> LargestGapAsync()
        {
            var text = await Http.GetStringAsync(new Uri($"http://127.0.0.1:{_http}/metrics"));
            var gaps = text.Split('\n').Where(line => line.StartsWith("projection_gap{", StringComparison.Ordinal)).ToList();
            return gaps.Count == 0
                ? throw new InvalidOperationException("no projection_gap in /metrics")
                : gaps.Max(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
        }

        public Task StopAsync() => _part.StopAsync();

        public void Kill() => _part.Kill();

        public void Dispose() => _part.Dispose();
    }
}
