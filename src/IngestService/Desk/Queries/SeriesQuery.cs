using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Desk.Queries;

/// <summary>A chart: the series' points, the episodes that overlap its range, the limits in force, and those that alerts on its factor were decided by.</summary>
internal sealed class SeriesQuery(ReadingsSize size, ISeriesQueries series, IAlertQueries alerts, FieldReports reports, StationLimits inForce)
{
    private const int DefaultPoints = 1_000;
    private const int MostPoints = 5_000;

    // The newest of a device. Each is one read of the ledger, for its basis.
    private const int Episodes = 200;

    public async Task<SeriesAnswer> RunAsync(GetSeriesRequest request, CancellationToken cancellation)
    {
        ulong projected = await size.AtLeastAsync(request.AtLeast, cancellation);
        SeriesRange range = RangeOf(request);
        SeriesAnswer answer = await series.ReadAsync(range, cancellation);
        answer.ProjectedSize = projected;
        HashSet<string> limits = new(StringComparer.Ordinal);
        foreach (AlertEpisode episode in alerts.OfDevice(request.Device, Episodes))
            Add(answer, episode, range, limits);
        // Rules that no alert was decided by yet; a rule may hold one value against several limits.
        answer.Limits.AddRange(inForce.In(range, answer.Unit).Where(limit => !limits.Contains(limit.Rule)));
        return answer;
    }

    private static SeriesRange RangeOf(GetSeriesRequest request)
    {
        long? from = SqliteColumns.ToMicros(request.From) / 1000, to = SqliteColumns.ToMicros(request.To) / 1000;
        if (from is null || to is null || from >= to)
            throw new RefusalDetail(RefusalCode.Malformed, "a chart needs a range: from before to").ToRpcException();
        int points = request.MaxPoints == 0 ? DefaultPoints : (int)Math.Min(request.MaxPoints, MostPoints);
        return new SeriesRange(request.Device, request.Factor, request.Kind, request.Unit, from.Value, to.Value, points);
    }

    private void Add(SeriesAnswer answer, AlertEpisode episode, SeriesRange range, HashSet<string> limits)
    {
        FieldAlert? alert = reports.Find(episode.FirstReport)?.Alert;
        bool onThisFactor = alert?.Basis?.Readings.Any(quoted => quoted.Reading?.Factor == range.Factor) ?? false;
        // Newest alert first: of one rule the limit that was last in force.
        if (onThisFactor && alert!.Basis.LimitUnit == answer.Unit && limits.Add(alert.Rule))
            answer.Limits.Add(ToLimit(alert));

        long start = (episode.StartMicros ?? 0) / 1000;
        long? end = episode.ClearedMicros / 1000;
        if (episode.StartMicros is null || start >= range.To || end < range.From)
            return;
        EpisodeSpan span = new()
        {
            AlertId = episode.AlertId, Title = episode.Title, Severity = episode.Severity, Rule = episode.Rule,
            Start = ReadingsReader.ToTimestamp(start), Retrospective = episode.Retrospective, OnThisFactor = onThisFactor,
        };
        if (end is { } ended)
            span.End = ReadingsReader.ToTimestamp(ended);
        answer.Episodes.Add(span);
    }

    private static LimitLine ToLimit(FieldAlert alert)
    {
        AlertBasis basis = alert.Basis;
        LimitLine line = new()
        {
            Limit = basis.Limit, Unit = basis.LimitUnit, Comparison = basis.Comparison, Rule = alert.Rule,
            RuleVersion = alert.RuleVersion, Source = basis.RuleSource, AlertId = alert.EpisodeId,
        };
        if (basis.HasUpperLimit)
            line.UpperLimit = basis.UpperLimit;
        return line;
    }
}
