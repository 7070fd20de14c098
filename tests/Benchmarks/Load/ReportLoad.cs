using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>Report with durable receipts against the bare echo of the same messages on the same layer, in one run; the driver is beside them.</summary>
internal static class ReportLoad
{
    private const int Window = 256;
    private const int Repetitions = 2;

    // A service has been running for weeks: its code is compiled before anything is timed.
    private const int WarmUpRecords = 8_000;

    public static async Task<int> RunAsync()
    {
        foreach (var streams in new[] { 1, 4 })
        {
            await MeasureAsync("echo, one record", streams, 40_000 / streams, Alert, EchoAsync);
            await MeasureAsync("durable, one record, signed", streams, 40_000 / streams, Alert, ServiceAsync);
            await MeasureAsync("echo, 50 readings", streams, 20_000 / streams, Readings, EchoAsync);
            await MeasureAsync("durable, 50 readings, signed", streams, 20_000 / streams, Readings, ServiceAsync);
        }

        return 0;
    }

    private static async Task MeasureAsync(
        string name, int streams, int count, Func<int, Record> body, Func<Task<(PartProcess Part, string Address, bool Registers, IDisposable Folder)>> start)
    {
        for (var repetition = 1; repetition <= Repetitions; repetition++)
        {
            var (part, address, registers, folder) = await start();
            using (folder)
            using (part)
            {
                using (var warmUp = new ReportClient("warm-up", address))
                {
                    if (registers)
                        await warmUp.RegisterAsync();
                    warmUp.Sign(WarmUpRecords, body);
                    await warmUp.SendAllAsync(Window);
                }

                var clients = Enumerable.Range(0, streams).Select(i => new ReportClient($"bench-{i}", address)).ToList();
                foreach (var client in clients)
                {
                    if (registers)
                        await client.RegisterAsync();
                    client.Sign(count, body);
                }

                var cpu = part.Read().CpuSeconds;
                var started = TimeProvider.System.GetTimestamp();
                var latencies = (await Task.WhenAll(clients.Select(client => client.SendAllAsync(Window)))).SelectMany(one => one).ToArray();
                var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
                var (resident, peak, cpuAfter) = part.Read();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{name}, {clients[0].EnvelopeBytes} B, {streams} stream(s), window {Window}, run {repetition}: {latencies.Length / seconds:N0}/s, {Percentiles.Line(latencies)}, server {cpuAfter - cpu:F1} CPU s, {resident} MiB (peak {peak})"));
                clients.ForEach(client => client.Dispose());
            }
        }
    }

    private static async Task<(PartProcess, string, bool, IDisposable)> ServiceAsync()
    {
        var folder = new ScratchFolder();
        var (grpc, http) = (PartProcess.FreePort(), PartProcess.FreePort());
        var part = await PartProcess.StartAsync(PartProcess.Assembly("IngestService", "ingest"),
            ["run", "--data", folder.Path, "--grpc-port", $"{grpc}", "--http-port", $"{http}", "--mqtt-port", "0"], $"http://127.0.0.1:{http}/health");
        return (part, $"http://127.0.0.1:{grpc}", true, folder);
    }

    private static async Task<(PartProcess, string, bool, IDisposable)> EchoAsync()
    {
        var port = PartProcess.FreePort();
        var part = await PartProcess.StartAsync(PartProcess.Assembly("Benchmarks", "EdgeEnforcement.Benchmarks"), ["echo-server", $"{port}"], $"http://127.0.0.1:{port + 1}/health");
        return (part, $"http://127.0.0.1:{port}", false, new ScratchFolder());
    }

    internal static Record Alert(int number) => new()
    {
        SourceDevice = "outlet-03",
        Sensitivity = Sensitivity.Internal,
        FieldAlert = new FieldAlert
        {
            EpisodeId = EpisodeId.Derive("outlet-03", "bench", "t", DateTimeOffset.FromUnixTimeMilliseconds(number)),
            Phase = EpisodePhase.Opened, Kind = AlertKind.SuspectedViolation, Severity = AlertSeverity.Warning,
            Rule = "bench", Target = "t", Title = "夜间排放超标", ObservedAt = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow()),
        },
    };

    internal static Record Readings(int number)
    {
        var batch = new ReadingBatch { Protocol = "bench", RawSha256 = ByteString.CopyFrom(new byte[32]) };
        for (var i = 0; i < 50; i++)
            batch.Readings.Add(new Reading
            {
                Factor = "w01018", Kind = ReadingKind.RealTime, Value = 21.5 + i, Unit = "mg/L", Quality = "N",
                ObservedAt = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch.AddSeconds((number * 50) + i)),
            });
        return new Record { SourceDevice = "outlet-03", Sensitivity = Sensitivity.Internal, ReadingBatch = batch };
    }
}
