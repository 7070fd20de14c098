using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Door.Presence;

/// <summary>
/// Which absences are one episode. Decided when a grace is over, on what is gone by then, suspects included: with an uplink dead for a grace
/// its devices are all suspect at least, so the first of them that is offline finds the parent and none opens one of its own before it.
/// <code>
///   lost, and ...                                                    episode
///   the network has an episode that grew within the window           joins it
///   enough of all, of several gateways, went within the window       network: opened, takes in single devices and gateways that went lately
///   its gateway has one that grew within the window                  joins it
///   enough of its gateway went within the window                     gateway: opened, takes in its single devices that went lately
///   nothing of this                                                  a single device's
///   not back after a restart of the service                          the restart's, one for all
/// </code>
/// A device is under its episode until it has been connected for a grace, or has left; an episode is over when nobody is under it.
/// </summary>
internal sealed class EpisodeBook(PresenceOptions options, PresenceTally all)
{
    private const string NetworkSubject = "network";
    private const string RestartSubject = "service";

    private readonly List<PresenceDevice> _gone = []; // of this tick, without an episode
    private readonly Queue<PresenceDue> _back = new();
    private readonly Queue<PresenceDue> _recent = new(); // lost within the window, oldest first
    private readonly List<Episode> _dirty = [];
    private Episode? _network;
    private Episode? _restart;
    private long _restartedAt;

    public void Restore(IEnumerable<Episode> open, Func<string, PresenceGateway> gateway, long now)
    {
        _restartedAt = now;
        foreach (var episode in open.OrderBy(episode => episode.Start))
        {
            if (episode.Scope == PresenceScope.Gateway)
                gateway(episode.Subject).Episode = episode;
            if (episode.Members.Count == 0)
                Clear(episode);
        }
    }

    /// <summary>Its grace is over.</summary>
    public void Gone(PresenceDevice device)
    {
        if (device.Now.IsLost)
            _recent.Enqueue(new PresenceDue(device, device.Now, device.Now.Since + options.WindowMs));
        if (device.Episode is not { } episode)
        {
            _gone.Add(device);
            return;
        }
        episode.GoneAgain(device);
        Touch(episode);
    }

    /// <summary>Connected again.</summary>
    public void Back(PresenceDevice device)
    {
        if (device.Episode is not null)
            _back.Enqueue(new PresenceDue(device, device.Now, device.Now.Since + options.GraceMs));
    }

    /// <summary>Offline by its own word.</summary>
    public void Left(PresenceDevice device)
    {
        if (device.Episode is { } episode)
            Release(episode, device);
    }

    /// <summary>After the events and graces of a tick.</summary>
    public void Advance(long now, Action<PresenceDevice> noLongerRecent)
    {
        while (_recent.TryPeek(out var due) && due.At <= now)
        {
            _recent.Dequeue();
            if (IsSameAbsence(due))
                noLongerRecent(due.Device);
        }
        while (_back.TryPeek(out var due) && due.At <= now)
        {
            _back.Dequeue();
            if (due.Device.Now == due.Stood && due.Device.Episode is { } episode)
                Release(episode, due.Device);
        }
        Assign();
    }

    /// <summary>What is to be said since the last call; cleared ones first, so that their devices can go on under another.</summary>
    public IReadOnlyList<PresenceEpisode> Collect()
    {
        var words = new List<PresenceEpisode>();
        foreach (var episode in _dirty.OrderByDescending(episode => episode.IsCleared))
        {
            episode.IsDirty = false;
            if (EpisodeWords.Of(episode, KnownOf(episode)) is { } word)
                words.Add(word);
        }
        _dirty.Clear();
        return words;
    }

    private void Assign()
    {
        foreach (var device in _gone)
        {
            if (device.Now.State != PresenceState.Offline || device.Now.Reason == PresenceReason.Left || device.Episode is not null)
                continue;
            var episode = device.Now.Reason == PresenceReason.Restarted
                ? _restart is { IsCleared: false } open ? open : _restart = new Episode(PresenceScope.Restart, RestartSubject, _restartedAt)
                : NetworkFor(device) ?? GatewayFor(device) ?? new Episode(PresenceScope.Device, device.ClientId, device.Now.Since);
            episode.Add(device);
            Touch(episode);
        }
        _gone.Clear();
    }

    private Episode? NetworkFor(PresenceDevice device)
    {
        if (IsGrowing(_network, device))
            return _network;
        if (!all.IsDown(options.NetworkMinimum, options.NetworkPercent) || device.Gateway.Tally.Gone == all.Gone)
            return null;
        _network = new Episode(PresenceScope.Network, NetworkSubject, device.Now.Since);
        TakeIn(_network, null);
        return _network;
    }

    private Episode? GatewayFor(PresenceDevice device)
    {
        var gateway = device.Gateway;
        if (IsGrowing(gateway.Episode, device))
            return gateway.Episode;
        if (!gateway.Tally.IsDown(options.GatewayMinimum, options.GatewayPercent))
            return null;
        gateway.Episode = new Episode(PresenceScope.Gateway, gateway.Name, device.Now.Since);
        TakeIn(gateway.Episode, gateway);
        return gateway.Episode;
    }

    private bool IsGrowing(Episode? episode, PresenceDevice device) =>
        episode is { IsCleared: false } && device.Now.Since <= Math.Max(episode.GrewAt, episode.Start) + options.WindowMs;

    /// Who went lately, of one gateway or of all, went for the same reason.
    private void TakeIn(Episode parent, PresenceGateway? gateway)
    {
        foreach (var due in _recent)
        {
            if (!IsSameAbsence(due) || due.Device.Episode is not { } old || (gateway is not null && due.Device.Gateway != gateway))
                continue;
            if (old.Scope >= parent.Scope)
                continue;
            old.Remove(due.Device);
            parent.Add(due.Device);
            if (old.Members.Count == 0)
                Clear(old, parent.Id);
        }
    }

    private static bool IsSameAbsence(in PresenceDue due) =>
        due.Device.Now.State == PresenceState.Offline && due.Device.Now.Version == due.Stood.Version && due.Device.Now.Since == due.Stood.Since;

    private void Release(Episode episode, PresenceDevice device)
    {
        episode.Remove(device);
        if (episode.Members.Count == 0)
            Clear(episode);
    }

    private void Clear(Episode episode, string into = "")
    {
        (episode.IsCleared, episode.Into) = (true, into);
        Touch(episode);
    }

    private void Touch(Episode episode)
    {
        if (episode.IsDirty)
            return;
        episode.IsDirty = true;
        _dirty.Add(episode);
    }

    private int KnownOf(Episode episode) => episode switch
    {
        { Scope: PresenceScope.Gateway } => episode.Members.FirstOrDefault()?.Gateway.Tally.Known ?? 0,
        { Scope: PresenceScope.Network } => all.Known,
        _ => episode.Members.Count,
    };
}
