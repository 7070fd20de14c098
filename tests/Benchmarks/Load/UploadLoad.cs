using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>One large file from the bay to "stored and proved": read, hash, copy, read back, sign, send, verify, flush, re-read, rename.</summary>
internal static class UploadLoad
{
    private const int WarmUpMebibytes = 128;

    public static async Task<int> RunAsync(int mebibytes)
    {
        using var station = await Station.StartAsync();
        var aside = Path.Combine(station.Folder, "aside.mp4");
        // A small file first: a station has been running for weeks, its code is compiled.
        Write(aside, WarmUpMebibytes, seed: 1);
        File.Move(aside, Path.Combine(station.Bay, "TA00716_000001_20261121080000.mp4"));
        await UntilAsync(async () => (await station.ProgressAsync()).AtCentre == 1, TimeProvider.System.GetTimestamp());
        Write(aside, mebibytes, seed: 2);
        var (agentCpu, serviceCpu) = (station.Agent.Read().CpuSeconds, station.Service.Read().CpuSeconds);

        var started = TimeProvider.System.GetTimestamp();
        File.Move(aside, Path.Combine(station.Bay, "TA00716_000001_20261121090000.mp4"));
        var known = await UntilAsync(async () => (await station.ProgressAsync()).Known == 2, started);
        var stored = await UntilAsync(async () => (await station.ProgressAsync()).AtCentre == 2, started);

        var (agent, service) = (station.Agent.Read(), station.Service.Read());
        var gigabytes = mebibytes / 1024.0 * 1.073741824;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{gigabytes:F2} GB: manifest durable after {known:F2} s ({gigabytes / known:F2} GB/s), stored after {stored:F2} s ({gigabytes / stored:F2} GB/s; from manifest to stored {gigabytes / (stored - known):F2} GB/s)"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"core-seconds per GB: agent {(agent.CpuSeconds - agentCpu) / gigabytes:F2}, service {(service.CpuSeconds - serviceCpu) / gigabytes:F2}; peak RSS: agent {agent.PeakMiB} MiB, service {service.PeakMiB} MiB"));
        return 0;
    }

    // Pseudo-random, so that nothing on the way can compress or share it.
    private static void Write(string path, int mebibytes, int seed)
    {
        var random = new Random(seed);
        var block = new byte[1 << 20];
        using var file = File.Create(path);
        for (var i = 0; i < mebibytes; i++)
        {
            random.NextBytes(block);
            file.Write(block);
        }
    }

    private static async Task<double> UntilAsync(Func<Task<bool>> reached, long started)
    {
        while (!await reached())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        return TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}
