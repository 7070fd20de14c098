using System.Net.Sockets;

namespace EdgeEnforcement.OutletSimulator;

/// <summary>
/// The data logger (数采仪) of a station: connects, sends values when they are due, answers the host, connects again. What was not sent while the
/// link was gone is not sent afterwards: it lies in the logger's memory until the host asks.
/// </summary>
internal sealed class DataLogger(Station station, LoggerOptions options, TimeProvider time, TextWriter log) : IDisposable
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly LoggerState _state = new(options.Password, options.RealTime, options.Minute);
    private bool _sentHistory;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (!station.IsCut(time.GetUtcNow()))
                    await ConnectedAsync(cancellation);
            }
            catch (Exception e) when (e is IOException or SocketException or InvalidDataException)
            {
                Say(e.Message);
            }
            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellation);
        }
    }

    private async Task ConnectedAsync(CancellationToken cancellation)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(options.Host, options.Port, cancellation);
        Say("connected");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var link = client.GetStream();
        Task[] loops = [SendAsync(link, ending.Token), AnswerAsync(link, ending.Token)];
        var first = await Task.WhenAny(loops);
        await ending.CancelAsync();
        client.Close();
        try
        {
            await Task.WhenAll(loops);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException || (e is IOException && first.IsCompletedSuccessfully))
        {
            // The other loop, cut off by this one's end.
        }
        Say(station.IsCut(time.GetUtcNow()) ? "the cable is pulled" : "disconnected");
    }

    private async Task SendAsync(Stream link, CancellationToken cancellation)
    {
        if (!_sentHistory)
            await SendHistoryAsync(link, cancellation);
        _sentHistory = true;
        var sent = Now();
        DateTimeOffset? realTime = null;
        while (!station.IsCut(time.GetUtcNow()))
        {
            var now = Now();
            if (realTime is null || now >= realTime)
            {
                await UploadAsync(link, 2011, station.RealTimeArea(now), cancellation);
                realTime = (realTime ?? now) + _state.RealTime;
            }
            await SendEndedAsync(link, 2051, _state.Minute, sent, now, cancellation);
            await SendEndedAsync(link, 2061, Hour, sent, now, cancellation);
            await SendEndedAsync(link, 2031, Day, sent, now, cancellation);
            sent = now;
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellation);
        }
    }

    /// <summary>The periods that ended between two looks at the clock.</summary>
    private async Task SendEndedAsync(Stream link, int cn, TimeSpan length, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellation)
    {
        for (var end = Floor(from, length) + length; end <= until; end += length)
            await UploadAsync(link, cn, station.PeriodArea(end - length, length), cancellation);
    }

    private async Task SendHistoryAsync(Stream link, CancellationToken cancellation)
    {
        var now = Now();
        await SendEndedAsync(link, 2061, Hour, now - options.History, now, cancellation);
        await SendEndedAsync(link, 2051, _state.Minute, now - options.History, now, cancellation);
    }

    private async Task AnswerAsync(Stream link, CancellationToken cancellation)
    {
        var host = new HostCommands(station, _state, time);
        while (await Frame.ReadAsync(link, cancellation) is { } frame)
        {
            if (frame.Cn is 9013 or 9014)
                continue;
            Say($"host asks for {frame.Cn} ({frame.Area})");
            foreach (var (cn, area) in host.Answer(frame))
                await WriteAsync(link, frame.Qn, cn, area, flag: 4, cancellation);
        }
    }

    private Task UploadAsync(Stream link, int cn, string area, CancellationToken cancellation) =>
        WriteAsync(link, Frame.QnOf(Now()), cn, area, flag: 5, cancellation);

    private async Task WriteAsync(Stream link, string qn, int cn, string area, int flag, CancellationToken cancellation)
    {
        var frame = Frame.Write($"QN={qn};ST={station.St};CN={cn:D4};PW={_state.Password};MN={station.Mn};Flag={flag};CP=&&{area}&&");
        await _sending.WaitAsync(cancellation);
        try
        {
            await link.WriteAsync(frame, cancellation);
        }
        finally
        {
            _sending.Release();
        }
    }

    private DateTimeOffset Now() => time.GetUtcNow() + _state.ClockOffset;

    private static DateTimeOffset Floor(DateTimeOffset at, TimeSpan length)
    {
        var local = at.ToOffset(China);
        var day = new DateTimeOffset(local.Date, China);
        return day + new TimeSpan((local - day).Ticks / length.Ticks * length.Ticks);
    }

    public void Dispose() => _sending.Dispose();

    private void Say(string what) => log.WriteLine($"{Frame.Time(time.GetUtcNow())} {station.Mn} {what}");
}
