using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Host;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Links;

/// What is noticed about a station beside what it says: who it is, that it came and went, its clock, its pace.
internal sealed class StationWatch(CommandQueue commands, Hj212Parts parts)
{
    // domain: a clock that is more than five minutes off is told; it is never a reason to drop anything.
    private static readonly TimeSpan MostClockOffset = TimeSpan.FromMinutes(5);

    // Names are free: those that are not on the list share one budget on their link.
    private readonly FrameBudget _strangers = new(parts.Options.FramesPerSecond, parts.Options.FramesAtOnce);

    /// The first message of a station over this link. The newest link is the one that is asked and answered.
    public async Task ArrivedAsync(StationState station, ReceivedMessage received, CancellationToken cancellation)
    {
        station.Claim(commands);
        parts.Log.StationConnected(station.Mn, received.Message.Protocol, commands.Remote);
        var now = parts.Time.GetUtcNow();
        if (station.Connected.Take(now, out var count))
            await AppendAsync(station, DeviceEventKind.Connected, received.Message.Protocol, $"from {commands.Remote}", count, cancellation);
        if (station.Listed is null)
            await IdentityAsync(station, received, "is not on the list of stations", cancellation);
        else if (parts.Options.SetUpStations && station.SetUp.Take(now, out _))
            foreach (var command in HostCommand.SetUp(station, parts.Options))
                commands.TryPost(command);
    }

    public async Task LeftAsync(StationState station, string protocol, CancellationToken cancellation)
    {
        station.Leave(commands);
        parts.Log.StationDisconnected(station.Mn, commands.Remote);
        if (station.Disconnected.Take(parts.Time.GetUtcNow(), out var count))
            await AppendAsync(station, DeviceEventKind.Disconnected, protocol, $"from {commands.Remote}", count, cancellation);
    }

    /// Somebody speaks under a name that is in doubt: at once, then once an hour with how often.
    public async Task IdentityAsync(StationState station, ReceivedMessage received, string reason, CancellationToken cancellation)
    {
        var now = parts.Time.GetUtcNow();
        if ((station.Listed is null && !parts.Stations.Strangers.TryTake(now)) || !station.Identity.Take(now, out var count))
            return;
        parts.Log.StationIdentity(commands.Remote, station.Mn, reason);
        await parts.Store.AppendAsync(
            station.Mn, null, DeviceEvents.Of(DeviceEventKind.Identity, received.Message.Protocol, $"{commands.Remote} {reason}", count, received.Frame), cancellation);
    }

    /// Waits until the station's budget has room for this frame. While it waits nothing is read from the link.
    public async Task PaceAsync(StationState station, string protocol, CancellationToken cancellation)
    {
        var wait = (station.Listed is null ? _strangers : station.Budget).Take(parts.Time.GetUtcNow());
        if (wait == TimeSpan.Zero)
            return;
        parts.Metrics.Delayed();
        if (station.Flood.Take(parts.Time.GetUtcNow(), out var count))
        {
            parts.Log.StationFlood(station.Mn);
            await AppendAsync(station, DeviceEventKind.Flood, protocol, $"more than {parts.Options.FramesPerSecond} frames a second; they wait", count, cancellation);
        }
        await Task.Delay(wait, parts.Time, cancellation);
    }

    /// Measures by messages that a station sends when they are made; a resend (RF=1) or an old row carries an old QN and says nothing.
    public async Task ClockAsync(StationState station, ReceivedMessage received, CancellationToken cancellation)
    {
        var message = received.Message;
        if (message.Cn is not (Cn.RealTime or Cn.AskForTime or Cn.Heartbeat or Cn.EquipmentState)
            || message.Head.Any(f => f is { Name: "RF", Value: "1" }) || Hj212Time.Parse(message.Qn) is not { } sent)
            return;
        station.Clock.Measure(sent, received.Frame.ReceivedAt);
        var offset = station.Clock.Offset.GetValueOrDefault();
        if (offset.Duration() <= MostClockOffset || !station.ClockOff.Take(parts.Time.GetUtcNow(), out var count))
            return;
        parts.Log.StationClock(station.Mn, offset.TotalSeconds);
        await parts.Store.AppendAsync(
            station.Mn, station.Clock.Describe(sent),
            DeviceEvents.Of(DeviceEventKind.Clock, message.Protocol, FormattableString.Invariant($"{offset.TotalSeconds:F0} s off"), count, received.Frame), cancellation);
        SetTime(station, "clock is off");
    }

    /// A split message of which nothing more comes. What came of it is stored.
    public async Task IncompleteAsync(StationState station, IncompleteMessage message, CancellationToken cancellation)
    {
        var (first, frame) = message.First;
        var happened = DeviceEvents.Of(DeviceEventKind.Incomplete, first.Protocol, message.Detail, 1, frame);
        happened.Fields.Add(message.Fields);
        happened.ObservedAt = Hj212Time.Parse(first.DataTime) is { } at ? Timestamp.FromDateTimeOffset(at) : null;
        parts.Log.Incomplete(station.Mn, message.Detail);
        await parts.Store.AppendAsync(station.Mn, null, happened, cancellation);
    }

    public void SetTime(StationState station, string reason)
    {
        if (!parts.Options.SetUpStations || station.Listed is null || station.Newest is not { } newest)
            return;
        newest.TryPost(HostCommand.SetTime(station, reason));
    }

    private Task AppendAsync(StationState station, DeviceEventKind kind, string protocol, string detail, ulong count, CancellationToken cancellation) =>
        parts.Store.AppendAsync(station.Mn, null, DeviceEvents.Of(kind, protocol, detail, count), cancellation);
}
