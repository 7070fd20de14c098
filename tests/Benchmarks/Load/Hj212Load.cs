using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>
/// One agent, so many stations connected over TCP, each with one real-time frame of four factors a second that wants an answer. What an answer
/// means: parsed, signed, flushed in the spool. Without a centre: the uplink's cost is another measurement. Frames that were not answered
/// within the second, if there are any, are named: then the load was not kept up with.
/// </summary>
internal static class Hj212Load
{
    private static readonly TimeSpan Warm = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(int stations, int seconds)
    {
        using var folder = new ScratchFolder();
        var status = $"http://127.0.0.1:{PartProcess.FreePort()}";
        var address = new IPEndPoint(IPAddress.Loopback, PartProcess.FreePort());
        var config = Path.Combine(folder.Path, "agent.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            Agent = new { Producer = "dock-bench", DataDirectory = Path.Combine(folder.Path, "agent"), DeclaredPersistent = true },
            Hj212 = new
            {
                Listen = new[] { address.ToString() },
                SetUpStations = false,
                Stations = Enumerable.Range(0, stations).Select(n => new { Mn = Mn(n), St = "32" }),
            },
            Uplink = new { Address = "http://127.0.0.1:1" },
            Status = new { Listen = status },
        }));
        using var agent = await PartProcess.StartAsync(PartProcess.Assembly("EdgeAgent", "edge-agent"), ["run", "--config", config], status + "/status");
        var idle = agent.Read();
        using var stopping = new CancellationTokenSource();
        var latencies = new List<double>(stations * seconds);
        var running = Enumerable.Range(0, stations).Select(n => StationAsync(n, stations, address, latencies, stopping.Token)).ToArray();
        await Task.Delay(Warm, TimeProvider.System);
        lock (latencies)
            latencies.Clear();
        var before = agent.Read();
        var started = TimeProvider.System.GetTimestamp();
        await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        var took = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var after = agent.Read();
        double[] answered;
        lock (latencies)
            answered = [.. latencies];
        await stopping.CancelAsync();
        await Task.WhenAll(running);
        Console.WriteLine(FormattableString.Invariant(
            $"{stations:N0} stations, {answered.Length / took:N0} frames/s answered durable of {stations:N0} offered; {Percentiles.Line(answered)}"));
        Console.WriteLine(FormattableString.Invariant(
            $"agent: {(after.CpuSeconds - before.CpuSeconds) / took * 100:F1} % of one core, RSS {after.ResidentMiB} MiB (peak {after.PeakMiB}; {idle.ResidentMiB} before anybody connected)"));
        Console.WriteLine($"load average of the machine: {(await File.ReadAllTextAsync("/proc/loadavg")).Trim()}");
        return 0;
    }

    private static async Task StationAsync(int number, int stations, IPEndPoint address, List<double> latencies, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        try
        {
            // Stations are not in step: their seconds begin one after the other.
            await Task.Delay(TimeSpan.FromSeconds((double)number / stations), time, cancellation);
            using var client = new TcpClient { NoDelay = true };
            await client.ConnectAsync(address, cancellation);
            var link = client.GetStream();
            var answer = new byte[256];
            using var second = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
            do
            {
                var started = time.GetTimestamp();
                await link.WriteAsync(Frame(number, time.GetUtcNow()), cancellation);
                var read = 0;
                do
                    read += await link.ReadAsync(answer.AsMemory(read), cancellation);
                while (answer[Math.Max(0, read - 1)] != '\n');
                if (!Encoding.ASCII.GetString(answer, 0, read).Contains("CN=9014", StringComparison.Ordinal))
                    throw new InvalidOperationException(Encoding.ASCII.GetString(answer, 0, read));
                lock (latencies)
                    latencies.Add(time.GetElapsedTime(started).TotalMilliseconds);
            }
            while (await second.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    private static byte[] Frame(int number, DateTimeOffset now) => Hj212Formatter.Format(string.Create(
        CultureInfo.InvariantCulture,
        $"QN={Hj212Time.FormatQn(now)};ST=32;CN=2011;PW=123456;MN={Mn(number)};Flag=5;CP=&&DataTime={Hj212Time.Format(now)};w00000-Rtd=17.21,w00000-Flag=N;w01001-Rtd=7.3,w01001-Flag=N;w01018-Rtd={30 + (number % 9)}.4,w01018-Flag=N;w21003-Rtd=2.113,w21003-Flag=N&&"));

    private static string Mn(int number) => $"BENCH{number:D8}";
}
