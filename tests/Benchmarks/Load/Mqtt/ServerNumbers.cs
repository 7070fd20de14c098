using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>What our own service counts in <c>/metrics</c>, and what of it belongs to one run.</summary>
/// <param name="AllocatedBytes">On the managed heap, ever.</param>
/// <param name="PauseSeconds">All threads stopped for the garbage collector.</param>
/// <param name="Flushes">Cumulative counts of the ledger's flushes by their upper bound in seconds, the last one infinite.</param>
internal sealed record ServerNumbers(double AllocatedBytes, double PauseSeconds, IReadOnlyList<(double Seconds, double Count)> Flushes)
{
    private const string Bucket = "ledger_flush_duration_seconds_bucket{le=\"";

    private static readonly HttpClient Http = new();

    public static ServerNumbers? Of(Uri? metrics)
    {
        if (metrics is null)
            return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, metrics);
        using var answer = new StreamReader(Http.Send(request).EnsureSuccessStatusCode().Content.ReadAsStream());
        var lines = answer.ReadToEnd().Split('\n');
        return new ServerNumbers(
            Value(lines, "dotnet_gc_heap_total_allocated_bytes_total "),
            Value(lines, "dotnet_gc_pause_time_seconds_total "),
            [.. lines.Where(line => line.StartsWith(Bucket, StringComparison.Ordinal)).Select(line => (Bound(line), ValueOf(line)))]);
    }

    public ServerNumbers Since(ServerNumbers before) => new(
        AllocatedBytes - before.AllocatedBytes,
        PauseSeconds - before.PauseSeconds,
        [.. Flushes.Select((flush, i) => (flush.Seconds, flush.Count - (i < before.Flushes.Count ? before.Flushes[i].Count : 0)))]);

    /// <summary>On a straight line through the bucket, whose bounds are a factor of about three apart; not a number without flushes.</summary>
    public double FlushMillisecondsAt(double share)
    {
        var rank = Flushes.Count > 0 ? Flushes[^1].Count * share : 0;
        var (low, below) = (0.0, 0.0);
        foreach (var (bound, count) in Flushes)
        {
            if (count >= rank && count > below)
                return 1000 * (double.IsInfinity(bound) ? low : low + ((bound - low) * (rank - below) / (count - below)));
            (low, below) = (bound, count);
        }
        return double.NaN;
    }

    private static double Value(string[] lines, string name) =>
        ValueOf(lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) ?? throw new InvalidOperationException($"the service does not count {name}"));

    private static double ValueOf(string line) => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);

    private static double Bound(string line) => line[Bucket.Length..line.IndexOf('"', Bucket.Length)] is var text && text == "+Inf"
        ? double.PositiveInfinity
        : double.Parse(text, CultureInfo.InvariantCulture);
}
