using System.Globalization;
using EdgeEnforcement.IngestService.Hosting;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>What 'ingest rebuild' costs, table set by table set, on a directory that is kept.</summary>
internal static class RebuildLoad
{
    public static async Task<int> RunAsync(string data)
    {
        foreach (var name in RebuildCommand.Names)
        {
            var (seconds, cpu, output) = await IngestProcess.CommandAsync("rebuild", data, "--projection", name);
            var last = output.TrimEnd().Split('\n')[^1];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{last} in {seconds:F1} s, {cpu:F1} CPU s"));
        }
        return 0;
    }
}
