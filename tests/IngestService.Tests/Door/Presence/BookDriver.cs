using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Door.Presence;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Sessions;
using CloseReason = EdgeEnforcement.Mqtt.Sessions.CloseReason;

namespace EdgeEnforcement.IngestService.Tests.Door.Presence;

/// <summary>A book with its hand on the clock, and what a ledger would have of it.</summary>
internal sealed class BookDriver
{
    private readonly PresenceBook _book;
    private readonly Dictionary<string, ulong> _versions = [];
    private ulong _version;

    public BookDriver(PresenceOptions? options = null, PresenceMemory? memory = null, long now = 1_780_000_000_000)
    {
        _book = new PresenceBook(options ?? new PresenceOptions());
        Now = now;
        _book.Remember(memory ?? new PresenceMemory([], []), now);
    }

    public long Now { get; private set; }

    public PresenceBook Book => _book;

    public List<DevicePresence> Entries { get; } = [];

    public IEnumerable<DevicePresenceChange> Changes => Entries.SelectMany(entry => entry.Changes);

    public IEnumerable<PresenceEpisode> Episodes => Entries.SelectMany(entry => entry.Episodes);

    public string States(string device) => string.Join(' ', Changes.Where(change => change.ClientId == device).Select(change => change.State));

    public string Phases(PresenceScope scope) => string.Join(' ', Episodes.Where(e => e.Scope == scope).Select(e => $"{e.Phase}:{e.Count}"));

    public ulong Come(string device, string gateway = "gw")
    {
        _versions[device] = ++_version;
        Open(device, _version, gateway);
        return _version;
    }

    public void Open(string device, ulong version, string gateway = "gw") =>
        Take(new PresenceChange(device, version, IsOnline: true, null), gateway);

    public void Go(string device, CloseReason why = CloseReason.ConnectionLost, ulong? version = null, string gateway = "gw") =>
        Take(new PresenceChange(device, version ?? _versions[device], IsOnline: false, why) { HeardAt = Now - 1_000 }, gateway);

    public void Will(string device, string text, ulong? version = null) => _book.Take(
        new PresenceNews(
            new PresenceChange(device, version ?? _versions[device], IsOnline: false, null),
            new ApplicationMessage { Topic = $"ee/v1/{device}/up/raw/will", Payload = System.Text.Encoding.UTF8.GetBytes(text) }),
        Now);

    public void Tick()
    {
        _book.Advance(Now);
        if (_book.Collect(Now) is { } batch)
            Entries.AddRange(PresenceRecords.Of(batch));
    }

    /// <summary>Second by second.</summary>
    public void Pass(int seconds)
    {
        for (; seconds > 0; seconds--)
        {
            Now += 1_000;
            Tick();
        }
    }

    private void Take(PresenceChange change, string gateway) =>
        _book.Take(new PresenceNews(change with { Gateway = gateway, KeepAliveSeconds = 30, SessionNumber = 3 }, null), Now);
}
