using System.Globalization;
using System.Threading.Channels;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Framing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Storing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Host;

/// One request on its way (clause 6.7): sent, sent again after each timeout under the same QN, answered by 9011, then by data or nothing,
/// then by 9012. Its data are stored by the link like any other; here only how it went is followed.
internal sealed class HostExchange(HostCommand command, DeviceLink link, Hj212Options options, TimeProvider time)
{
    public const string Completed = "done";
    public const string Refused = "refused";
    public const string TimedOut = "timed-out";
    public const string LinkLost = "link-lost";
    public const string Expired = "expired";

    /// The agent ended between asking and recording: whether the station heard of it is not known.
    public const string Interrupted = "interrupted";

    private const uint Ready = 1;
    private const int MostKeptFrames = 32;

    private readonly Channel<Hj212Message> _answers = Channel.CreateBounded<Hj212Message>(1024);
    private readonly List<KeptFrame> _frames = [];
    private string _qn = "";

    /// True for data that this request asked for. Rows of a recall may come under a QN of their own.
    public bool IsAnsweredBy(Hj212Message message) =>
        message.Mn == command.Station.Mn && message.Cn == command.Cn
        && (command.RecallBegin is null ? message.Qn == _qn : Hj212Time.Parse(message.DataTime) is { } at && at >= command.RecallBegin && at <= command.RecallEnd);

    public bool IsRecall => command.RecallBegin is not null;

    /// Called by the link's loop, for 9011 and 9012 before anything else is done with them, for data after they are stored.
    /// False: it is not for this exchange.
    public bool Offer(Hj212Message message, KeptFrame frame)
    {
        var isReply = message.Cn is Cn.RequestAnswer or Cn.ExecutionResult && message.Mn == command.Station.Mn && message.Qn == _qn;
        if (!isReply && !IsAnsweredBy(message))
            return false;
        if (isReply)
            Keep(frame);
        // Full: so much lies unread that the exchange will not time out for want of a sign.
        _answers.Writer.TryWrite(message);
        return true;
    }

    /// Never throws for what the station or the line does; the outcome says it.
    public async Task<DeviceExchange> RunAsync(CancellationToken cancellation)
    {
        var exchange = command.Begin(time.GetUtcNow());
        try
        {
            exchange.Outcome = command.Expires < time.GetUtcNow() ? Expired : await AskAsync(exchange, cancellation);
        }
        catch (Exception e) when (e is LinkLostException or OperationCanceledException)
        {
            exchange.Outcome = LinkLost;
        }
        exchange.EndedAt = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        lock (_frames)
            exchange.Raw = KeptFrame.Join(_frames, exchange.Frames);
        return exchange;
    }

    private async Task<string> AskAsync(DeviceExchange exchange, CancellationToken cancellation)
    {
        _qn = Hj212Time.FormatQn(time.GetUtcNow());
        while (exchange.Attempts <= options.ResendCount)
        {
            exchange.Attempts++;
            var request = Request();
            Keep(new KeptFrame(request, time.GetUtcNow(), link.Remote, []));
            await link.SendAsync(request, cancellation);
            if (await NextAsync(TimeSpan.FromSeconds(options.OverTimeSeconds), cancellation) is { } first)
                return await FollowAsync(exchange, first, cancellation);
        }
        return TimedOut;
    }

    private async Task<string> FollowAsync(DeviceExchange exchange, Hj212Message first, CancellationToken cancellation)
    {
        for (var answer = first; answer is not null; answer = await NextAsync(options.ExecutionPatience, cancellation))
            switch (answer.Cn)
            {
                case Cn.RequestAnswer:
                    exchange.RequestAnswer = Code(answer, "QnRtn");
                    if (exchange.RequestAnswer != Ready)
                        return Refused;
                    break;
                case Cn.ExecutionResult:
                    exchange.ExecutionResult = Code(answer, "ExeRtn");
                    return Completed;
            }
        return TimedOut;
    }

    private async Task<Hj212Message?> NextAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            return await _answers.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    private byte[] Request()
    {
        var station = command.Station;
        var flag = ((int)station.Version << 2) | 1;
        return Hj212Formatter.Format(string.Create(
            CultureInfo.InvariantCulture,
            $"QN={_qn};ST={station.St};CN={command.Cn};PW={station.Pw};MN={station.Mn};Flag={flag};CP=&&{command.Area(time.GetUtcNow())}&&"));
    }

    private void Keep(KeptFrame frame)
    {
        lock (_frames)
            if (_frames.Count < MostKeptFrames)
                _frames.Add(frame);
    }

    private static uint Code(Hj212Message answer, string name) =>
        uint.TryParse(answer.Find(name), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : 0;
}
