using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.Fleet;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>
/// All devices: <c>(news, now) -> what the ledger has to hear</c>. Pure but for its own state; one loop owns it. The ledger hears of a device
/// only where it stands otherwise than the ledger has it when a tick ends, so what happened and was over between two ticks, a take-over and
/// what came while the ledger took nothing cost nothing. Short absences have a budget (<see cref="IsWorthWriting"/>).
/// </summary>
/// <remarks>Times are Unix milliseconds of a clock that never goes back.</remarks>
internal sealed class PresenceBook
{
    private readonly PresenceOptions _options;
    private readonly Dictionary<string, PresenceDevice> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PresenceGateway> _gateways = new(StringComparer.Ordinal);
    private readonly PresenceTally _all = new();
    private readonly Queue<PresenceDue> _grace = new();
    private readonly List<PresenceDevice> _dirty = [];
    private readonly EpisodeBook _episodes;
    private bool _isRestart;

    public PresenceBook(PresenceOptions options)
    {
        _options = options;
        _episodes = new EpisodeBook(options, _all);
    }

    public PresenceTally All => _all;

    /// <summary>News of devices for which there was no room.</summary>
    public long UnfollowedCount { get; private set; }

    /// <summary>What the ledger has of earlier runs. Once, first.</summary>
    public void Remember(PresenceMemory memory, long now)
    {
        var episodes = memory.Episodes.ToDictionary(e => e.EpisodeId, e => new Episode(e.EpisodeId, e.Scope, e.Subject, e.StartMs, e.Count));
        foreach (var known in memory.Devices)
        {
            var device = new PresenceDevice(known.ClientId, Gateway(known.Gateway)) { SessionNumber = known.SessionNumber, KeepAliveSeconds = known.KeepAliveSeconds };
            device.Gateway.DeviceCount++;
            _devices.Add(known.ClientId, device);
            Recount(device, () => device.Now = new Standing(known.State, known.Reason, 0, known.SinceMs));
            if (episodes.TryGetValue(known.EpisodeId, out var episode))
                episode.Restore(device);
            Apply(device, new PresenceEvent(PresenceEventKind.Restarted, 0), now);
            device.Written = device.Now; // one word of the entry says it of all
            _isRestart |= device.Now.State == PresenceState.Suspect;
        }
        _episodes.Restore(episodes.Values, Gateway, now);
    }

    public void Take(in PresenceNews news, long now)
    {
        var change = news.Change;
        if (news.Will is not null)
            TakeWill(news, now);
        else if (change.Gateway is { } gateway && !news.IsShutdown) // the next start speaks of those
            TakeChange(news, gateway, now);
    }

    /// <summary>After the news of a tick: what is due.</summary>
    public void Advance(long now)
    {
        while (_grace.TryPeek(out var due) && due.At <= now)
        {
            _grace.Dequeue();
            // Its reason may have become another meanwhile.
            if (due.Device.Now.State == PresenceState.Suspect && due.Device.Now.Since == due.Stood.Since)
                Apply(due.Device, new PresenceEvent(PresenceEventKind.GraceOver, due.Stood.Version), now);
        }
        _episodes.Advance(now, device => Recount(device, () => device.IsRecent = false));
    }

    /// <summary>Null: there is nothing to say. What is returned counts as written.</summary>
    public PresenceBatch? Collect(long now)
    {
        var changes = new List<DevicePresenceChange>();
        foreach (var device in _dirty)
        {
            device.IsDirty = false;
            if (!IsWorthWriting(device, now))
                continue;
            changes.Add(PresenceWords.Of(device));
            device.Written = device.Now;
            (device.Drops, device.Will) = (0, null);
        }
        _dirty.Clear();
        var episodes = _episodes.Collect();
        var isRestart = _isRestart;
        _isRestart = false;
        return changes.Count > 0 || episodes.Count > 0 || isRestart ? new PresenceBatch(now, isRestart, episodes, changes) : null;
    }

    private void TakeChange(in PresenceNews news, string gateway, long now)
    {
        var change = news.Change;
        if (!_devices.TryGetValue(change.ClientId, out var device))
        {
            if (_devices.Count >= _options.MaximumDevices)
            {
                UnfollowedCount++;
                return;
            }
            device = new PresenceDevice(change.ClientId, Gateway(gateway));
            device.Gateway.DeviceCount++;
            _devices.Add(change.ClientId, device);
        }
        if (change.Version < device.Now.Version)
            return;
        (device.SessionNumber, device.KeepAliveSeconds) = (change.SessionNumber, change.KeepAliveSeconds);
        device.HeardAt = change.IsOnline ? 0 : change.HeardAt;
        if (change.IsOnline)
            Move(device, gateway);
        var what = news.ToEvent();
        // A link lost, or given up for another.
        if (what.Kind == PresenceEventKind.Dropped || (what.Kind == PresenceEventKind.Came && device.Now.State == PresenceState.Connected))
            device.Drops++;
        Apply(device, what, now);
    }

    private void TakeWill(in PresenceNews news, long now)
    {
        if (!_devices.TryGetValue(news.Change.ClientId, out var device) || news.Change.Version < device.Now.Version || device.Now.State == PresenceState.Connected)
            return;
        device.Will = news.Will;
        Apply(device, news.ToEvent(), now);
        Mark(device);
    }

    private void Apply(PresenceDevice device, PresenceEvent what, long now)
    {
        var before = device.Now;
        var after = PresenceMachine.Next(before, what, now);
        if (after == before)
            return;
        Recount(device, () =>
        {
            device.Now = after;
            device.IsRecent = after is { State: PresenceState.Offline, IsLost: true } && (device.IsRecent || before.State == PresenceState.Suspect);
        });
        Mark(device);
        if (after.State == before.State && after.Since == before.Since)
            return; // its reason or version only
        switch (after.State)
        {
            case PresenceState.Connected:
                _episodes.Back(device);
                break;
            case PresenceState.Suspect:
                _grace.Enqueue(new PresenceDue(device, after, now + _options.GraceMs));
                break;
            case PresenceState.Offline when after.Reason == PresenceReason.Left:
                _episodes.Left(device);
                break;
            case PresenceState.Offline:
                _episodes.Gone(device);
                break;
        }
    }

    private void Recount(PresenceDevice device, Action change)
    {
        _all.Count(device, -1);
        device.Gateway.Tally.Count(device, -1);
        change();
        _all.Count(device, 1);
        device.Gateway.Tally.Count(device, 1);
    }

    private void Mark(PresenceDevice device)
    {
        if (device.IsDirty)
            return;
        device.IsDirty = true;
        _dirty.Add(device);
    }

    /// An absence that may be over within the grace is written so many times in so long a time: a device whose link flaps all night is one line
    /// an hour and a number, not ten thousand lines. Coming, leaving and being offline are always written.
    private bool IsWorthWriting(PresenceDevice device, long now)
    {
        var (stands, was) = (device.Now, device.Written);
        if (device.Will is null && stands.State == was.State && (stands.State == PresenceState.Connected || (stands.Reason == was.Reason && stands.Since == was.Since)))
            return false;
        if (stands.State != PresenceState.Suspect)
            return true;
        if (now - device.BudgetFrom >= _options.BudgetSeconds * 1000L)
            (device.BudgetFrom, device.BudgetSpent) = (now, 0);
        return device.BudgetSpent++ < _options.SuspectBudget;
    }

    private PresenceGateway Gateway(string name)
    {
        if (!_gateways.TryGetValue(name, out var gateway))
            _gateways.Add(name, gateway = new PresenceGateway(name));
        return gateway;
    }

    private void Move(PresenceDevice device, string name)
    {
        var old = device.Gateway;
        if (old.Name == name)
            return;
        old.Tally.Count(device, -1);
        device.Gateway = Gateway(name);
        device.Gateway.DeviceCount++;
        device.Gateway.Tally.Count(device, 1);
        // Addresses come and go with the network; the book keeps those that somebody uses.
        if (--old.DeviceCount == 0 && old.Episode is not { IsCleared: false })
            _gateways.Remove(old.Name);
    }
}
