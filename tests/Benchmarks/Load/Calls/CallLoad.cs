using System.Globalization;
using EdgeEnforcement.Benchmarks.Load.Mqtt;
using Grpc.Net.Client;

namespace EdgeEnforcement.Benchmarks.Load.Calls;

/// <summary>
/// gRPC on loopback, case by case: ours against ours, and Debian's python3-grpcio (the C core under a Python that passes bytes on) against itself
/// and against ours. Processor time of both sides per message; of ours the bytes allocated per message too.
/// </summary>
internal static class CallLoad
{
    private static readonly HttpClient Http = new();

    public static async Task<int> RunAsync(double seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        var port = PartProcess.FreePort();
        using var ours = await PartProcess.StartAsync(
            PartProcess.Assembly("Benchmarks", "EdgeEnforcement.Benchmarks"), ["grpc-server", $"{port}"], $"http://127.0.0.1:{port + 1}/health");
        using var theirs = await PythonGrpc.StartServerAsync();
        using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
        Console.WriteLine("peers (client > server)  case                      messages/s   client µs CPU  server µs CPU  client B alloc  server B alloc (per message)");
        foreach (var load in CallCase.All)
        {
            await CallDriver.RunAsync(channel, load, time / 2); // the code is compiled before anything is timed
            await OursAsync(channel, load, time, ours, port);
            await TheirsAsync("C core > C core", load, time, theirs.Port, () => ProcessReading.Of([theirs.Id]).CpuSeconds);
            await TheirsAsync("C core > ours", load, time, port, () => ours.Read().CpuSeconds);
        }

        return 0;
    }

    private static async Task OursAsync(GrpcChannel channel, CallCase load, TimeSpan time, PartProcess server, int port)
    {
        var serverAllocated = await AllocatedAsync(port);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var serverCpu = server.Read().CpuSeconds;
        var cpu = Environment.CpuUsage.TotalTime.TotalSeconds;
        var started = TimeProvider.System.GetTimestamp();
        var count = await CallDriver.RunAsync(channel, load, time);
        var elapsed = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var result = new CallResult(count, elapsed, Environment.CpuUsage.TotalTime.TotalSeconds - cpu, server.Read().CpuSeconds - serverCpu)
        {
            ClientAllocated = GC.GetTotalAllocatedBytes(precise: true) - allocated,
            ServerAllocated = await AllocatedAsync(port) - serverAllocated,
        };
        Console.WriteLine(result.Line("ours > ours", load));
    }

    private static async Task TheirsAsync(string peers, CallCase load, TimeSpan time, int port, Func<double> serverCpu)
    {
        var before = serverCpu();
        var result = await PythonGrpc.RunClientAsync(load, time, port);
        Console.WriteLine((result with { ServerCpu = serverCpu() - before }).Line(peers, load));
    }

    private static async Task<long> AllocatedAsync(int port) =>
        long.Parse(await Http.GetStringAsync(new Uri($"http://127.0.0.1:{port + 1}/allocated")), CultureInfo.InvariantCulture);
}
