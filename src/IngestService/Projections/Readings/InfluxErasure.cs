using System.Globalization;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Storage.Influx;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// What a deletion leaf covers is deleted from Influx: found by the entry index each point carries, deleted by tags and time, the only way Influx
/// knows. 3.x deletes nothing: the log says what a person must do.
/// </summary>
internal sealed class InfluxErasure(InfluxParts parts, InfluxDelivery delivery, ILogger log)
{
    private const int StatementsPerRequest = 200;

    public async Task ApplyAsync(ulong index, Erased erased, CancellationToken cancellation)
    {
        int points = 0;
        List<string> statements = [];
        foreach (EntryRange range in erased.Ranges)
        {
            IReadOnlyList<InfluxSeries> found = await delivery.UntilAnsweredAsync(() => parts.Client.QueryAsync(
                string.Create(CultureInfo.InvariantCulture, $"SELECT \"entry\" FROM \"{InfluxLines.Measurement}\" WHERE \"entry\" >= {range.First} AND \"entry\" <= {range.Last} GROUP BY *"),
                cancellation), cancellation);
            if (found.Count > 0 && parts.Client.Version == InfluxVersion.V3)
            {
                log.InfluxCannotErase(index, parts.Client.Version, parts.Options.Database);
                return;
            }
            foreach (InfluxSeries series in found)
                foreach (double[] row in series.Rows)
                {
                    points++;
                    if (parts.Client.Version == InfluxVersion.V2)
                        await DeleteV2Async(series, (long)row[0], cancellation);
                    else
                        statements.Add(Statement(series, (long)row[0]));
                }
        }

        foreach (string[] some in statements.Chunk(StatementsPerRequest))
            await delivery.UntilAnsweredAsync(() => parts.Client.QueryAsync(string.Join(';', some), cancellation), cancellation);
        if (points > 0)
            log.InfluxErased(index, points);
    }

    private static string Statement(InfluxSeries series, long ms)
    {
        StringBuilder text = new($"DELETE FROM \"{InfluxLines.Measurement}\" WHERE time = ");
        text.Append(CultureInfo.InvariantCulture, $"{ms}ms");
        foreach ((string tag, string value) in series.Tags)
            text.Append(CultureInfo.InvariantCulture, $" AND \"{tag}\" = {InfluxText.Quoted(value)}");
        return text.ToString();
    }

    private Task<bool> DeleteV2Async(InfluxSeries series, long ms, CancellationToken cancellation)
    {
        IEnumerable<string> tags = series.Tags.Where(tag => tag.Value.Length > 0)
            .Select(tag => $"{tag.Key}=\"{tag.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        string predicate = string.Join(" AND ", tags.Prepend($"_measurement=\"{InfluxLines.Measurement}\""));
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(ms);
        return delivery.UntilAnsweredAsync(async () =>
        {
            await parts.Client.DeleteAsync(predicate, at, at.AddMilliseconds(1), cancellation);
            return true;
        }, cancellation);
    }
}
