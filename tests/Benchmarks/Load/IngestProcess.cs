using System.Diagnostics;
using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>One running service on ports of its own, or one of its commands run to the end.</summary>
internal sealed class IngestProcess : IDisposable
{
    private const double TicksPerSecond = 100; // USER_HZ, of every Linux there is

    private static readonly HttpClient Http = new();
    private readonly PartProcess _part;
    private readonly int _http;

    private IngestProcess(PartProcess part, int grpc, int http, double readySeconds)
    {
        _part = part;
        _http = http;
        GrpcAddress = $"http://127.0.0.1:{grpc}";
        ReadySeconds = readySeconds;
        ReadyCpuSeconds = CpuSeconds;
    }

    public string GrpcAddress { get; }

    public double ReadySeconds { get; }

    /// <summary>Of all threads, when the health said ready.</summary>
    public double ReadyCpuSeconds { get; }

    public double CpuSeconds => _part.Read().CpuSeconds;

    public string Memory => _part.Read() is var (resident, peak, cpu) ? string.Create(CultureInfo.InvariantCulture, $"{resident} MiB, peak {peak}, {cpu:F1} CPU s") : "";

    public static async Task<IngestProcess> StartAsync(string data, params (string Name, string Value)[] environment)
    {
        var (grpc, http) = (PartProcess.FreePort(), PartProcess.FreePort());
        var started = TimeProvider.System.GetTimestamp();
        var part = await PartProcess.StartAsync(PartProcess.Assembly("IngestService", "ingest"),
            ["run", "--data", data, "--grpc-port", $"{grpc}", "--http-port", $"{http}", "--mqtt-port", "0"], $"http://127.0.0.1:{http}/health", environment);
        return new IngestProcess(part, grpc, http, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
    }

    public static async Task<(double Seconds, double CpuSeconds, string Output)> CommandAsync(params string[] arguments)
    {
        var cpu = ChildrenCpuSeconds();
        var started = TimeProvider.System.GetTimestamp();
        using var command = Process.Start(
            new ProcessStartInfo("dotnet", [PartProcess.Assembly("IngestService", "ingest"), .. arguments]) { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("dotnet did not start");
        var output = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        return command.ExitCode == 0
            ? (TimeProvider.System.GetElapsedTime(started).TotalSeconds, ChildrenCpuSeconds() - cpu, output)
            : throw new InvalidOperationException(output);
    }

    public async Task<double> LargestGapAsync()
    {
        var gaps = (await MetricsAsync()).Where(line => line.StartsWith("projection_gap{", StringComparison.Ordinal)).ToList();
        // The clerk's comes when he has opened his file, which no start waits for.
        return gaps.Any(line => line.Contains("clerk", StringComparison.Ordinal)) ? gaps.Max(ValueOf) : double.PositiveInfinity;
    }

    /// <summary>Bytes that the scrubber's round has read.</summary>
    public async Task<double> ScrubbedBytesAsync() =>
        (await MetricsAsync()).Where(line => line.StartsWith("scrub_round_bytes", StringComparison.Ordinal)).Select(ValueOf).FirstOrDefault();

    private async Task<string[]> MetricsAsync() => (await Http.GetStringAsync(new Uri($"http://127.0.0.1:{_http}/metrics"))).Split('\n');

    private static double ValueOf(string line) => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);

    public Task StopAsync() => _part.StopAsync();

    public void Kill() => _part.Kill();

    public void Dispose() => _part.Dispose();

    /// Of all children that have ended: what /proc says of one is gone with it.
    private static double ChildrenCpuSeconds()
    {
        var fields = File.ReadAllText("/proc/self/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (double.Parse(fields[13], CultureInfo.InvariantCulture) + double.Parse(fields[14], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }
}
