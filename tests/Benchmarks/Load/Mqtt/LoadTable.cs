using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>Runs as a row of a Markdown table. The median is a run that was made: of an even number the lower of the two in the middle.</summary>
internal static class LoadTable
{
    public const int ReadingsPerBatch = 50;

    public const string Head =
        "| | messages/s, median (lowest..highest) | p50 ms | p99 ms | p99.9 ms | server CPU s per 100k | driver CPU s per 100k | server MiB | allocated B per message | GC pauses % | flush p99 ms |\n"
        + "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |";

    public static string Row(MqttLoadOptions options, IEnumerable<RunResult> all)
    {
        var runs = all.OrderBy(run => run.PerSecond).ToList();
        var median = runs[(runs.Count - 1) / 2];
        var count = Math.Max(median.Messages, median.Deliveries);
        var per = 100_000.0 / count;
        var latency = median.Shown is { Count: > 0 } shown
            ? Text($"{shown.MillisecondsAt(0.5):F2} | {shown.MillisecondsAt(0.99):F2} | {shown.MillisecondsAt(0.999):F2}")
            : " | | ";
        var readings = options.Body == LoadBody.Readings ? Text($", {median.PerSecond * ReadingsPerBatch:N0} readings/s") : "";
        var server = median.Server is { } numbers
            ? Text($"{numbers.AllocatedBytes / count:N0} | {100 * numbers.PauseSeconds / median.Seconds:F1} | {numbers.FlushMillisecondsAt(0.99):F2}")
            : " | | ";
        return Text($"| {options.Row} | {median.PerSecond:N0} ({runs[0].PerSecond:N0}..{runs[^1].PerSecond:N0}){readings} | {latency} ")
            + Text($"| {median.ServerCpuSeconds * per:F2} | {median.OwnCpuSeconds * per:F2} | {median.ServerMiB} | {server} |");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
