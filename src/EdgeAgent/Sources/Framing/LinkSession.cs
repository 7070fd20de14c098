namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

/// The life of one link: read, hand over, until the link ends or the agent does. One shape for every protocol.
internal sealed class LinkSession(DeviceLink link, IFrameParser parser, IFrameHandler handler, TimeProvider time)
{
    // A spool that takes nothing must not keep the agent from ending; what is then not stored was not answered either.
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);

    private readonly FrameReader _reader = new(link.Input, parser, time);

    /// Returns when the link is gone. Cancellation (shutdown) ends it, too; what the handler holds is stored in either case.
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await ReadAsync(cancellation);
        }
        catch (LinkLostException)
        {
            // Devices come and go; what happened is in the handler's end.
        }
        finally
        {
            await EndAsync();
        }
    }

    private async Task EndAsync()
    {
        using var limit = new CancellationTokenSource(EndPatience, time);
        try
        {
            await handler.EndAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            // See EndPatience.
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        await using var timer = time.CreateTimer(_ => _reader.Interrupt(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        DateTimeOffset? armed = null;
        while (true)
        {
            if (handler.Due != armed)
            {
                armed = handler.Due;
                timer.Change(armed is { } due ? Max(due - time.GetUtcNow(), TimeSpan.Zero) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
            var received = await _reader.ReadAsync(cancellation);
            switch (received.Kind)
            {
                case ReceivedKind.Frame:
                    await handler.FrameAsync(received, cancellation);
                    break;
                case ReceivedKind.Garbage:
                    await handler.GarbageAsync(received, cancellation);
                    break;
                case ReceivedKind.End:
                    return;
            }
            // A timer that went off while a frame was handled is not lost: the due time is asked for, not the interruption.
            if (handler.Due is { } at && at <= time.GetUtcNow())
            {
                armed = null;
                await handler.TickAsync(cancellation);
            }
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
