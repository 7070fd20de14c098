using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Readings;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Storing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Links;

/// The middle of parse, store, reply. On return every message is durable: now, or since it came the first time.
internal sealed class StoreStep(Hj212Parts parts)
{
    /// Messages of one station that belong together, as one batch.
    /// <param name="isRecalled">They answer a recall.</param>
    public Task ReadingsAsync(StationState station, IReadOnlyList<ReceivedMessage> messages, bool isRecalled, CancellationToken cancellation) =>
        OnceAsync(station, messages, isRecalled, async fresh =>
        {
            var batch = Batch(station, fresh, isRecalled);
            await parts.Store.AppendAsync(station.Mn, Time(station, fresh[0].Message), batch, cancellation);
            station.Last.Readings(batch.Readings, fresh[^1].Frame.ReceivedAt);
        }, cancellation);

    public Task EventAsync(StationState station, ReceivedMessage received, bool wasAsked, CancellationToken cancellation) =>
        OnceAsync(station, [received], isRecalled: false, fresh => parts.Store.AppendAsync(
            station.Mn, Time(station, fresh[0].Message), DeviceEvents.Of(fresh[0].Message, fresh[0].Frame, wasAsked), cancellation), cancellation);

    private async Task OnceAsync(
        StationState station, IReadOnlyList<ReceivedMessage> messages, bool isRecalled, Func<IReadOnlyList<ReceivedMessage>, Task> store, CancellationToken cancellation)
    {
        await station.Gate.WaitAsync(cancellation);
        try
        {
            var fresh = new List<ReceivedMessage>(messages.Count);
            var identities = new List<UInt128>(messages.Count);
            foreach (var received in messages)
            {
                var identity = FrameIdentity.Of(received.Message, isRecalled);
                if (station.Recent.Contains(identity))
                {
                    parts.Metrics.Double();
                    continue;
                }
                fresh.Add(received);
                identities.Add(identity);
            }
            if (fresh.Count == 0)
                return;
            // Known only once it is durable: what fails here must not make the resend look like a double.
            await store(fresh);
            foreach (var identity in identities)
                station.Recent.Add(identity);
        }
        finally
        {
            station.Gate.Release();
        }
    }

    private static ReadingBatch Batch(StationState station, IReadOnlyList<ReceivedMessage> messages, bool isRecalled)
    {
        var batch = new ReadingBatch { Protocol = messages[0].Message.Protocol };
        var frames = new List<KeptFrame>(messages.Count);
        foreach (var (message, frame) in messages)
        {
            var warnings = new List<string>(frame.Warnings);
            ReadingMapper.Add(message, station.Listed, isRecalled, batch.Readings, warnings);
            frames.Add(frame with { Warnings = warnings });
        }
        batch.Raw = KeptFrame.Join(frames, batch.Frames);
        batch.RawSha256 = frames.Count == 1
            ? batch.Frames[0].Sha256
            : Google.Protobuf.UnsafeByteOperations.UnsafeWrap(System.Security.Cryptography.SHA256.HashData(batch.Raw.Span));
        return batch;
    }

    private static DeviceTime Time(StationState station, Hj212Message message) => station.Clock.Describe(Hj212Time.Parse(message.Qn));
}
