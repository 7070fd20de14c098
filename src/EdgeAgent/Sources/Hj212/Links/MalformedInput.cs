using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Framing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Storing;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Links;

/// What cannot be read: the first of it, and then once in a while the next, kept with its bytes; the rest counted. A line that only
/// makes noise costs a record every ten minutes.
internal sealed class MalformedInput(DeviceLink link, Hj212Parts parts)
{
    private readonly EventGate _gate = new(TimeSpan.FromMinutes(10));

    /// <param name="mn">The station that spoke last over the link; empty: none did, then the link itself is the source.</param>
    public async Task AddAsync(string mn, Received bytes, string reason, CancellationToken cancellation)
    {
        parts.Metrics.Malformed(reason);
        parts.Log.Malformed(link.Remote, bytes.Length, reason);
        if (!_gate.Take(parts.Time.GetUtcNow(), out var count))
            return;
        var detail = FormattableString.Invariant($"{bytes.Length} bytes are no frame: {reason}; {bytes.Bytes.Length} of them kept");
        await AppendAsync(mn, detail, count, [new KeptFrame(bytes.Bytes, bytes.At, link.Remote, [reason])], cancellation);
    }

    /// At the link's end: what was counted and not told.
    public async Task EndAsync(string mn, CancellationToken cancellation)
    {
        if (_gate.Rest() is > 0 and var rest)
            await AppendAsync(mn, "counted since the last one, until the link ended", rest, [], cancellation);
    }

    private Task AppendAsync(string mn, string detail, ulong count, IReadOnlyList<KeptFrame> frames, CancellationToken cancellation) => parts.Store.AppendAsync(
        mn.Length > 0 ? mn : link.Remote, null, DeviceEvents.Of(DeviceEventKind.Malformed, "hj212", detail, count, frames), cancellation);
}
