using System.Net;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Sources.Framing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Links;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Recall;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;
using EdgeEnforcement.EdgeAgent.Spool;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

/// Lets stations in, over every configured way at once, after what the spool holds of them is known again.
internal sealed class Hj212Pump : IAgentLoop
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly Hj212Parts _parts;
    private readonly AgentSpool _spool;
    private readonly Hj212FrameParser _parser;
    private readonly List<ILinkTransport> _transports = [];

    public Hj212Pump(Hj212Parts parts, AgentSpool spool)
    {
        _parts = parts;
        _spool = spool;
        _parser = new Hj212FrameParser(parts.Options.LongestDataBytes);
        var random = new Random();
        Backoff NewBackoff() => new(ShortestWait, LongestWait, random.NextDouble);
        Listeners = [.. parts.Options.Listen.Select(a => new TcpListenTransport(IPEndPoint.Parse(a), parts.Options.MostLinks, NewBackoff(), parts.Time, parts.Log))];
        _transports.AddRange(Listeners);
        foreach (var address in parts.Options.Connect)
            if (Hj212OptionsRules.TrySplit(address, out var host, out var port))
                _transports.Add(new TcpConnectTransport(host, port, NewBackoff(), parts.Time, parts.Log));
        _transports.AddRange(parts.Options.Serial.Select(s => new SerialTransport(s.Port, s.BaudRate, NewBackoff(), parts.Time, parts.Log)));
    }

    public IReadOnlyList<TcpListenTransport> Listeners { get; }

    public static bool IsOn(Hj212Options options) => options.Listen.Count + options.Connect.Count + options.Serial.Count > 0;

    public async Task RunAsync(CancellationToken cancellation)
    {
        if (_transports.Count == 0)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _parts.Time, cancellation);
            return;
        }
        await _spool.Opened.WaitAsync(cancellation);
        var (messages, records) = FrameMemory.Rebuild(_spool, _parts.Stations, _parts.Options.RememberedRecords);
        _parts.Log.FramesRemembered(messages, records);
        await Task.WhenAll(_transports.Select(t => t.RunAsync(ServeAsync, cancellation)));
    }

    private async Task ServeAsync(DeviceLink link, CancellationToken cancellation)
    {
        await using var handler = new Hj212Link(link, _parts);
        await new LinkSession(link, _parser, handler, _parts.Time).RunAsync(cancellation);
    }
}
