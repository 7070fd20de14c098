namespace EdgeEnforcement.IngestService.Storage.Influx;

/// <summary>
/// Lines until they are taken: tried again with a growing pause while the server is away, halved when it refuses some of them, until each
/// refused line stands alone with the server's word on it and lies in the quarantine. Points are idempotent, so what was taken may be sent again.
/// </summary>
internal sealed class InfluxDelivery(InfluxClient client, InfluxQuarantine quarantine, InfluxOptions options, ILogger log, TimeProvider time)
{
    private bool _isAway;

    public long Sent { get; private set; }

    public long Refused { get; private set; }

    /// <summary>Why the server took nothing when it was last asked; null when it does.</summary>
    public string? Trouble { get; private set; }

    public async Task DeliverAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        InfluxVerdict verdict = await UntilAnsweredAsync(() => client.WriteAsync(lines, cancellation), cancellation);
        int count = lines.Span.Count((byte)'\n');
        if (verdict.Error is null)
            Sent += count;
        else if (count <= 1)
            Refuse(lines, verdict.Error);
        else
        {
            // Which line it was, the server says only sometimes and never for all of them.
            int half = HalfOf(lines.Span, count / 2);
            await DeliverAsync(lines[..half], cancellation);
            await DeliverAsync(lines[half..], cancellation);
        }
    }

    public async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> ask, CancellationToken cancellation)
    {
        for (TimeSpan pause = options.FirstPause; ; pause = pause * 2 < options.LongestPause ? pause * 2 : options.LongestPause)
        {
            try
            {
                T answer = await ask();
                if (_isAway)
                    log.InfluxBack(options.Url);
                (_isAway, Trouble) = (false, null);
                return answer;
            }
            catch (InfluxUnavailableException fault)
            {
                Trouble = fault.Message;
                if (!_isAway)
                    log.InfluxAway(options.Url, fault.Message);
                _isAway = true;
                await Task.Delay(pause, time, cancellation);
            }
        }
    }

    private void Refuse(ReadOnlyMemory<byte> line, string error)
    {
        Refused++;
        string text = System.Text.Encoding.UTF8.GetString(line.Span).TrimEnd('\n');
        if (quarantine.Add(line.Span, error))
            log.InfluxRefused(error, text, quarantine.Path);
        else
            log.InfluxQuarantineFull(error, text, quarantine.Path);
    }

    private static int HalfOf(ReadOnlySpan<byte> lines, int count)
    {
        int at = 0;
        for (; count > 0; count--)
            at += lines[at..].IndexOf((byte)'\n') + 1;
        return at;
    }
}
