using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Host;

/// A request to a station, before it is sent.
/// <param name="Area">What stands between "CP=&&" and "&&", written at the moment of sending (a clock is set to now, not to when it was asked).</param>
/// <param name="Reason">For people: "gap after outage", "first connection".</param>
internal sealed record HostCommand(StationState Station, int Cn, Func<DateTimeOffset, string> Area, string Reason)
{
    private readonly TaskCompletionSource<DeviceExchange> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// Of a recall: first and last instant asked for, both included.
    public DateTimeOffset? RecallBegin { get; init; }

    public DateTimeOffset? RecallEnd { get; init; }

    /// Set: after this it is not worth sending any more.
    public DateTimeOffset? Expires { get; init; }

    /// Completes with the exchange as it was recorded, after that is durable.
    public Task<DeviceExchange> Done => _done.Task;

    public void Complete(DeviceExchange exchange) => _done.TrySetResult(exchange);

    /// Its record before anything came of it.
    public DeviceExchange Begin(DateTimeOffset at) => new()
    {
        Protocol = new Hj212Message { Head = [], Items = [], Cn = Cn, Mn = "", Flag = (int)Station.Version << 2 }.Protocol,
        Command = Wire.Cn.Describe(Cn),
        Reason = Reason,
        SentAt = Timestamp.FromDateTimeOffset(at),
        RecallBegin = RecallBegin is { } begin ? Timestamp.FromDateTimeOffset(begin) : null,
        RecallEnd = RecallEnd is { } end ? Timestamp.FromDateTimeOffset(end) : null,
    };

    public static HostCommand SetTime(StationState station, string reason) =>
        new(station, Wire.Cn.SetTime, now => "SystemTime=" + Hj212Time.Format(now), reason);

    public static HostCommand KeepSample(StationState station, string reason, DateTimeOffset expires) =>
        new(station, Wire.Cn.KeepSample, _ => "", reason) { Expires = expires };

    /// <param name="cn">2011, 2031, 2051 or 2061.</param>
    /// <param name="end">Exclusive. The last second before it is asked for: whether the standard's EndTime is included it does not say.</param>
    public static HostCommand Recall(StationState station, int cn, DateTimeOffset begin, DateTimeOffset end, string reason)
    {
        var last = end.AddSeconds(-1);
        return new HostCommand(station, cn, _ => $"BeginTime={Hj212Time.Format(begin)},EndTime={Hj212Time.Format(last)}", reason)
        {
            RecallBegin = begin,
            RecallEnd = last,
        };
    }

    /// In the order of clause 6.7: time, timeout and resends, intervals.
    public static IEnumerable<HostCommand> SetUp(StationState station, Hj212Options options)
    {
        const string reason = "first connection";
        yield return SetTime(station, reason);
        yield return Fixed(station, Wire.Cn.SetTimeout, FormattableString.Invariant($"OverTime={options.OverTimeSeconds};ReCount={options.ResendCount}"), reason);
        if (station.Listed is not { } listed)
            yield break;
        if (listed.RealTimeInterval > 0)
            yield return Fixed(station, Wire.Cn.SetRealTimeInterval, FormattableString.Invariant($"RtdInterval={listed.RealTimeInterval}"), reason);
        yield return Fixed(station, Wire.Cn.SetMinuteInterval, FormattableString.Invariant($"MinInterval={listed.MinuteInterval}"), reason);
    }

    private static HostCommand Fixed(StationState station, int cn, string area, string reason) => new(station, cn, _ => area, reason);
}
