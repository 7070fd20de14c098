using System.Buffers;
using System.Threading.Channels;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Door.Admission;
using EdgeEnforcement.IngestService.Door.Streams;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Server;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>
/// Envelopes and hellos of one connection, and whatever else is told on <c>down</c>, in their order:
/// <code>
/// reading loop --(judging, on the pool)--> appending --(tickets)--> answering --> down, then PUBACK
/// </code>
/// The first channel is as short as there are verification workers: that is what keeps one connection from taking every core. The second
/// holds what the connection's window lets in. A loop that dies takes nothing more, and fails every ticket it still holds: none of them
/// is acknowledged.
/// </summary>
internal sealed class EnvelopeLane
{
    // The largest window a server may announce (MqttServerOptions): a ticket always finds room.
    private const int Tickets = 1_024;

    // Answers written to down before they are awaited: one group of the broker.
    private const int Batch = 64;

    private readonly DeviceIntakeParts _parts;
    private readonly DoorPeer _peer;
    private readonly Dictionary<string, (RegisteredProducer Producer, uint Epoch)> _speakers = new(StringComparer.Ordinal);
    private readonly Channel<LaneItem> _judging = Channel.CreateBounded<LaneItem>(Bounded(ProducerRegister.VerificationWorkers));
    private readonly Channel<LaneItem> _answering = Channel.CreateBounded<LaneItem>(Bounded(Tickets, singleWriter: false));
    private readonly Task _loops;

    public EnvelopeLane(DeviceIntakeParts parts, DoorPeer peer)
    {
        (_parts, _peer) = (parts, peer);
        _loops = Task.WhenAll(Task.Run(AppendAsync), Task.Run(AnswerAsync));
    }

    public ValueTask TakeEnvelopeAsync(string device, in IntakePublish publish, IntakeTicket ticket, CancellationToken cancellation)
    {
        var correlation = CorrelationOf(publish);
        if (!TryFindSpeaker(device, out var speaker, out var refusal))
            return _judging.Writer.WriteAsync(new LaneItem(device, ticket, correlation) { Refusal = refusal }, cancellation);
        var envelope = publish.Payload.ToArray();
        var item = new LaneItem(device, ticket, correlation)
        {
            Producer = speaker.Producer,
            Verdict = Task.Run(() => _parts.Records.Judge(envelope, speaker.Producer, speaker.Epoch), CancellationToken.None),
        };
        return _judging.Writer.WriteAsync(item, cancellation);
    }

    /// <summary>Confirmed here and now: envelopes behind it are judged by the epoch it confirms.</summary>
    public ValueTask TakeHelloAsync(string device, in IntakePublish publish, IntakeTicket ticket, CancellationToken cancellation)
    {
        var (item, refusal) = Greet(device, publish, ticket);
        item.Refusal = refusal;
        return _judging.Writer.WriteAsync(item, cancellation);
    }

    public ValueTask RefuseAsync(string device, IntakeTicket ticket, RefusalDetail refusal, CancellationToken cancellation) =>
        _judging.Writer.WriteAsync(new LaneItem(device, ticket, 0) { Refusal = refusal }, cancellation);

    /// <summary>From any thread, for a ticket that did not come through the lane.</summary>
    public void Tell(string device, IntakeTicket ticket, RefusalDetail refusal, in IntakeAnswer answer)
    {
        var item = new LaneItem(device, ticket, 0) { Response = new ReportResponse { Refusal = refusal.ToMessage() }, Answer = answer };
        if (_answering.Writer.TryWrite(item))
            return;
        ticket.Fail(); // the lane has died
        ticket.Wake();
    }

    /// <summary>Every ticket was answered: the loops have nothing left.</summary>
    public async ValueTask CloseAsync()
    {
        _judging.Writer.TryComplete();
        await _loops;
    }

    private bool TryFindSpeaker(string device, out (RegisteredProducer Producer, uint Epoch) speaker, out RefusalDetail? refusal)
    {
        refusal = null;
        if (_speakers.TryGetValue(device, out speaker))
            return true;
        // A device that said no hello goes on in the epoch it was in.
        refusal = _parts.Hellos.Greet(new Hello { Producer = device }, _peer.Address, out var producer, out var answer);
        if (refusal is null)
            _speakers[device] = speaker = (producer!, answer!.Epoch); // no refusal: both are there
        return refusal is null;
    }

    private (LaneItem Item, RefusalDetail? Refusal) Greet(string device, in IntakePublish publish, IntakeTicket ticket)
    {
        ReportRequest request;
        try
        {
            request = ReportRequest.Parser.ParseFrom(publish.Payload);
        }
        catch (InvalidProtocolBufferException)
        {
            // The generated parser has no other way to say so.
            return (new LaneItem(device, ticket, 0), new RefusalDetail(RefusalCode.Malformed, "the payload is no hello"));
        }
        var item = new LaneItem(device, ticket, request.Correlation);
        if (request.MessageCase != ReportRequest.MessageOneofCase.Hello)
            return (item, new RefusalDetail(RefusalCode.Malformed, "the payload is no hello"));
        if (!string.Equals(request.Hello.Producer, device, StringComparison.Ordinal))
            return (item, new RefusalDetail(RefusalCode.IdentityMismatch, $"the hello is of another producer than {device}"));
        if (_parts.Hellos.Greet(request.Hello, _peer.Address, out var producer, out var answer) is { } refusal)
            return (item, refusal);
        _speakers[device] = (producer!, answer!.Epoch); // no refusal: both are there
        item.Response = new ReportResponse { Hello = answer, Correlation = request.Correlation };
        item.Answer = new IntakeAnswer(ReasonCode.Success, IsKept: true);
        return (item, null);
    }

    private static ulong CorrelationOf(in IntakePublish publish) =>
        publish.HasProperties ? DownWriter.Correlation(publish.ReadProperties().CorrelationData) : 0;

    private async Task AppendAsync()
    {
        LaneItem? held = null;
        try
        {
            await foreach (var item in _judging.Reader.ReadAllAsync())
            {
                held = item;
                if (item.Verdict is { } judging)
                    item.Pending = await _parts.Records.AppendAsync(await judging, item.Producer!, item.Correlation, CancellationToken.None); // judged with it
                await _answering.Writer.WriteAsync(item);
                held = null;
            }
        }
        catch (Exception e)
        {
            _parts.Log.LaneFailed(e, _peer.ClientId);
            _judging.Writer.TryComplete(e);
            FailAll(held, _judging.Reader);
        }
        _answering.Writer.TryComplete();
    }

    private async Task AnswerAsync()
    {
        var batch = new List<LaneItem>(Batch);
        try
        {
            while (await _answering.Reader.WaitToReadAsync())
            {
                while (batch.Count < Batch && _answering.Reader.TryPeek(out var next) && (batch.Count == 0 || next.IsReady) && _answering.Reader.TryRead(out next))
                {
                    batch.Add(next);
                    await DecideAsync(next);
                }
                await TellAsync(batch);
                batch.Clear();
            }
        }
        catch (Exception e)
        {
            _parts.Log.LaneFailed(e, _peer.ClientId);
            _answering.Writer.TryComplete(e);
            _judging.Writer.TryComplete(e);
            foreach (var item in batch)
                FailAll(item, _answering.Reader);
            FailAll(null, _answering.Reader);
        }
    }

    private async ValueTask DecideAsync(LaneItem item)
    {
        if (item.Pending is { } pending)
        {
            item.Refusal = pending.Refusal;
            if (pending.Outcome is { } outcome)
            {
                var done = await outcome;
                item.Refusal = done.Refusal;
                if (done.Receipt is { } receipt)
                {
                    _parts.Metrics.Accepted(pending.QuarantinedAs is null ? receipt.Code : ReceiptCode.Quarantined);
                    item.Response = AnswerFormatter.Response(item.Correlation, done, _parts.Proofs.Origin, pending.QuarantinedAs);
                    item.Answer = pending.QuarantinedAs is { } code
                        ? PublishAnswers.Quarantined(new RefusalDetail(code, "kept, but it cannot be read"), receipt.Index, keptAt: 0)
                        : PublishAnswers.Kept(receipt.Index, keptAt: 0, tells: true);
                }
            }
        }
        if (item.Refusal is not { } refusal)
            return;
        _parts.Metrics.Refused(refusal.Code);
        item.Response = AnswerFormatter.Response(item.Correlation, refusal);
        item.Answer = PublishAnswers.Refused(refusal);
    }

    /// PUBACK after down: on 3.1.1 a refusal ends the connection, and the device has then been told why.
    private async ValueTask TellAsync(List<LaneItem> batch)
    {
        var telling = new Task[batch.Count];
        for (var i = 0; i < batch.Count; i++)
            telling[i] = _parts.Down.WriteAsync(batch[i].Device, batch[i].Response!, CancellationToken.None); // decided
        await Task.WhenAll(telling);
        foreach (var item in batch)
            item.Ticket.Complete(item.Answer);
        batch[^1].Ticket.Wake();
    }

    private static void FailAll(LaneItem? held, ChannelReader<LaneItem> rest)
    {
        for (var item = held; item is not null || rest.TryRead(out item); item = null)
        {
            item.Ticket.Fail();
            item.Ticket.Wake();
        }
    }

    private static BoundedChannelOptions Bounded(int capacity, bool singleWriter = true) =>
        new(capacity) { SingleReader = true, SingleWriter = singleWriter, FullMode = BoundedChannelFullMode.Wait };
}
