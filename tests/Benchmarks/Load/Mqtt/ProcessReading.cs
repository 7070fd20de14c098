using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>Processor seconds and resident memory of processes that somebody else started.</summary>
internal readonly record struct ProcessReading(double CpuSeconds, long ResidentMiB)
{
    // USER_HZ; it is 100 on every Linux we run on.
    private const double TicksPerSecond = 100;

    public static ProcessReading Of(IEnumerable<int> processes)
    {
        var sum = default(ProcessReading);
        foreach (var process in processes)
        {
            // The name, in brackets, may hold spaces: fields are counted behind it. utime and stime are 14 and 15, rss in pages 24.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            sum = new ProcessReading(
                sum.CpuSeconds + ((Number(fields[11]) + Number(fields[12])) / TicksPerSecond),
                sum.ResidentMiB + (Number(fields[21]) * Environment.SystemPageSize / (1 << 20)));
        }
        return sum;
    }

    public static long ResidentKiB(IEnumerable<int> processes) => processes.Sum(process =>
        Number(File.ReadAllText($"/proc/{process}/statm").Split(' ')[1]) * Environment.SystemPageSize / 1024);

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
