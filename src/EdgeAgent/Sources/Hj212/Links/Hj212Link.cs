using EdgeEnforcement.EdgeAgent.Sources.Framing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Host;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Stations;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Storing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Links;

/// One link of one station, or of a gateway that speaks for several: parse, store, reply. Everything here runs on the link's loop.
internal sealed class Hj212Link : IFrameHandler
{
    // The largest gateway stands for some hundred stations. Who brings ever new names is kept until here, and cut off.
    private const int MostStations = 1024;

    private readonly DeviceLink _link;
    private readonly Hj212Parts _parts;
    private readonly CommandQueue _commands;
    private readonly StoreStep _store;
    private readonly StationWatch _watch;
    private readonly MalformedInput _malformed;
    private readonly PacketAssembler _packets;
    private readonly SplitMessages _split;

    // Those that spoke over this link, with the protocol they spoke.
    private readonly Dictionary<string, (StationState Station, string Protocol)> _stations = new(StringComparer.Ordinal);
    private string _lastMn = "";

    // Set when a packet waited in vain for the next while its own answer was outstanding: this station sends the next only when answered.
    private bool _answersEachPacket;

    public Hj212Link(DeviceLink link, Hj212Parts parts)
    {
        _link = link;
        _parts = parts;
        _commands = new CommandQueue(link, parts);
        _store = new StoreStep(parts);
        _watch = new StationWatch(_commands, parts);
        _malformed = new MalformedInput(link, parts);
        _packets = new PacketAssembler(parts.Options.PacketPatience);
        _split = new SplitMessages(parts.Options.MissingPacketPatience);
        parts.Metrics.Link(+1);
    }

    public DateTimeOffset? Due => _packets.Due is { } packets && !(_split.Due < packets) ? packets : _split.Due;

    public async ValueTask FrameAsync(Received frame, CancellationToken cancellation)
    {
        _parts.Metrics.Frame(frame.Bytes.Length);
        if (!Hj212Parser.TryParse(frame.Bytes, out var message, out var fault))
        {
            await _malformed.AddAsync(_lastMn, frame, fault, cancellation);
            return;
        }
        var station = Find(message.Mn);
        station.Last.Message(frame.At);
        var received = new ReceivedMessage(message, new KeptFrame(frame.Bytes, frame.At, _link.Remote, Warnings(station, message)));
        await _watch.PaceAsync(station, message.Protocol, cancellation);
        await MeetAsync(station, received, cancellation);
        await _watch.ClockAsync(station, received, cancellation);
        await DispatchAsync(station, received, cancellation);
        if (_stations.Count > MostStations)
            throw new LinkLostException($"{_link.Remote} speaks under more than {MostStations} names; the link is closed.");
    }

    public async ValueTask GarbageAsync(Received garbage, CancellationToken cancellation) =>
        await _malformed.AddAsync(_lastMn, garbage, garbage.Reason, cancellation);

    public async ValueTask TickAsync(CancellationToken cancellation)
    {
        foreach (var set in _packets.TakeDue(_parts.Time.GetUtcNow()))
        {
            _answersEachPacket |= set.Packets is [{ Message.WantsAnswer: true }];
            await StoreAsync(set, cancellation);
        }
        await TellIncompleteAsync(_split.TakeDue(_parts.Time.GetUtcNow()), cancellation);
    }

    public async ValueTask EndAsync(CancellationToken cancellation)
    {
        // First: nothing is asked over this link any more, and what was asked is recorded.
        foreach (var (station, _) in _stations.Values)
            station.Leave(_commands);
        await _commands.EndAsync().WaitAsync(cancellation);
        foreach (var set in _packets.TakeDue(DateTimeOffset.MaxValue))
            await StoreReadingsAsync(set, cancellation);
        await TellIncompleteAsync(_split.TakeDue(DateTimeOffset.MaxValue), cancellation);
        await _malformed.EndAsync(_lastMn, cancellation);
        foreach (var (station, protocol) in _stations.Values)
            await _watch.LeftAsync(station, protocol, cancellation);
        _parts.Metrics.Link(-1);
    }

    public ValueTask DisposeAsync()
    {
        _commands.Dispose();
        return ValueTask.CompletedTask;
    }

    /// The directory forgets strangers above a number; while their link lives they are the same.
    private StationState Find(string mn) => _stations.TryGetValue(mn, out var known) ? known.Station : _parts.Stations.Find(mn);

    private static List<string> Warnings(StationState station, Hj212Message message)
    {
        var warnings = new List<string>(message.Warnings);
        if (station.Listed is null)
            warnings.Add(Erratum.UnknownStation);
        else if (!IsPasswordRight(station, message))
            warnings.Add(Erratum.WrongPassword);
        return warnings;
    }

    private static bool IsPasswordRight(StationState station, Hj212Message message) =>
        station.Listed is not { Password.Length: > 0 } listed || listed.Password == message.Pw;

    private async Task MeetAsync(StationState station, ReceivedMessage received, CancellationToken cancellation)
    {
        var message = received.Message;
        station.Version = message.Version;
        if (message.St.Length > 0 && message.St != "91")
            station.St = message.St;
        if (station.Listed is not { Password.Length: > 0 })
            station.Pw = message.Pw;
        _lastMn = station.Mn;
        if (_stations.TryAdd(station.Mn, (station, message.Protocol)))
            await _watch.ArrivedAsync(station, received, cancellation);
        else if (!ReferenceEquals(station.Newest, _commands) && !station.ClaimIfFree(_commands))
            await _watch.IdentityAsync(station, received, $"speaks while {station.Newest?.Remote} does, which came later and is answered", cancellation);
        if (!IsPasswordRight(station, message))
            await _watch.IdentityAsync(station, received, "gave another password", cancellation);
    }

    private async Task DispatchAsync(StationState station, ReceivedMessage received, CancellationToken cancellation)
    {
        var (message, frame) = received;
        switch (message.Cn)
        {
            case Cn.RequestAnswer or Cn.ExecutionResult when _commands.Active is { } asked && asked.Offer(message, frame):
                return;
            case Cn.Heartbeat:
                await AnswerAsync(station, message, cancellation);
                return;
            case var cn when DeviceEvents.IsData(cn):
                await ReadingsAsync(station, received, cancellation);
                return;
        }
        var active = _commands.Active;
        await _store.EventAsync(station, received, active?.IsAnsweredBy(message) == true, cancellation);
        await TellIncompleteAsync(_split.Stored(station, [received], _parts.Time.GetUtcNow()), cancellation);
        await AnswerAsync(station, message, cancellation);
        active?.Offer(message, frame);
        if (message.Cn == Cn.AskForTime)
            _watch.SetTime(station, "asked for");
    }

    private async Task ReadingsAsync(StationState station, ReceivedMessage received, CancellationToken cancellation)
    {
        if (received.Message.IsSplit && !(_answersEachPacket && received.Message.WantsAnswer))
        {
            foreach (var set in _packets.Add(received, _parts.Time.GetUtcNow()))
                await StoreAsync(set, cancellation);
            return;
        }
        await StoreReadingsAsync(station, [received], cancellation);
        await AnswerAsync(station, received.Message, cancellation);
    }

    private async Task StoreAsync(PacketSet set, CancellationToken cancellation)
    {
        await StoreReadingsAsync(set, cancellation);
        foreach (var packet in set.Packets.Concat(set.Repeated))
            await AnswerAsync(Find(packet.Message.Mn), packet.Message, cancellation);
    }

    private Task StoreReadingsAsync(PacketSet set, CancellationToken cancellation)
    {
        var packets = set.Packets;
        if (!set.IsComplete)
            packets = [.. packets.Select(p => p with { Frame = p.Frame with { Warnings = [.. p.Frame.Warnings, Erratum.PacketsMissing] } })];
        return StoreReadingsAsync(Find(packets[0].Message.Mn), packets, cancellation);
    }

    private async Task StoreReadingsAsync(StationState station, IReadOnlyList<ReceivedMessage> messages, CancellationToken cancellation)
    {
        var active = _commands.Active;
        var isAsked = active?.IsAnsweredBy(messages[0].Message) == true;
        await _store.ReadingsAsync(station, messages, isAsked && active!.IsRecall, cancellation); // isAsked: there is one
        await TellIncompleteAsync(_split.Stored(station, messages, _parts.Time.GetUtcNow()), cancellation);
        if (isAsked)
            foreach (var (message, frame) in messages)
                active!.Offer(message, frame);
    }

    private async Task TellIncompleteAsync(IReadOnlyList<IncompleteMessage> messages, CancellationToken cancellation)
    {
        foreach (var message in messages)
            await _watch.IncompleteAsync(Find(message.First.Message.Mn), message, cancellation);
    }

    /// After the store, never before: what is answered is what the station forgets.
    private async Task AnswerAsync(StationState station, Hj212Message message, CancellationToken cancellation)
    {
        if (!message.WantsAnswer || message.Cn is >= Cn.RequestAnswer and <= Cn.DataAnswer || !ReferenceEquals(station.Newest, _commands)
            || (station.Listed is null && !_parts.Options.AnswerUnknown) || !IsPasswordRight(station, message))
            return;
        await _link.SendAsync(Answers.To(message, _parts.Time.GetUtcNow()), cancellation);
        _parts.Metrics.Answer();
    }
}
