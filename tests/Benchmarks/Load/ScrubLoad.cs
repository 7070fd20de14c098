using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>
/// What the scrubber costs an idle service and one under load, against the same without it, on a directory that is kept (it grows by the
/// records sent). Off and on by turns: the machine is not the same from minute to minute.
/// </summary>
internal static class ScrubLoad
{
    private const int Turns = 2;
    private const int Records = 20_000;
    private const int WarmUpRecords = 8_000;
    private const int Window = 256;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    public static async Task<int> RunAsync(string data, double megabytesPerSecond)
    {
        for (var turn = 1; turn <= Turns; turn++)
        {
            await MeasureAsync(data, "no scrubber", ("EE_Scrub__Enabled", "false"));
            await MeasureAsync(data, string.Create(CultureInfo.InvariantCulture, $"{megabytesPerSecond} MB/s"),
                ("EE_Scrub__FirstAfter", "00:00:00"), ("EE_Scrub__MegabytesPerSecond", megabytesPerSecond.ToString(CultureInfo.InvariantCulture)));
        }
        return 0;
    }

    private static async Task MeasureAsync(string data, string name, params (string, string)[] settings)
    {
        using var service = await IngestProcess.StartAsync(data, settings);
        var unique = TimeProvider.System.GetTimestamp();
        using var warmUp = new ReportClient($"scrub-warm-{unique}", service.GrpcAddress);
        await warmUp.RegisterAsync();
        warmUp.Sign(WarmUpRecords, ReportLoad.Alert);
        await warmUp.SendAllAsync(Window);
        using var client = new ReportClient($"scrub-{unique}", service.GrpcAddress);
        await client.RegisterAsync();
        client.Sign(Records, ReportLoad.Alert);

        var (started, cpu, read) = (TimeProvider.System.GetTimestamp(), service.CpuSeconds, await service.ScrubbedBytesAsync());
        await Task.Delay(Idle, TimeProvider.System);
        var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        var scrubbed = await service.ScrubbedBytesAsync();
        var idle = string.Create(CultureInfo.InvariantCulture,
            $"idle {(service.CpuSeconds - cpu) / seconds * 100:F1} % of a core, {(scrubbed - read) / seconds / 1e6:F1} MB/s read");

        (started, cpu, read) = (TimeProvider.System.GetTimestamp(), service.CpuSeconds, scrubbed);
        var latencies = await client.SendAllAsync(Window);
        seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        scrubbed = await service.ScrubbedBytesAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {idle}; under load {Records / seconds:N0}/s, {Percentiles.Line(latencies)}, {service.CpuSeconds - cpu:F1} CPU s, {(scrubbed - read) / seconds / 1e6:F1} MB/s read"));
        await service.StopAsync();
    }
}
