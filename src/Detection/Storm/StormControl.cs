using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Storm;

/// Between what the rules find and what goes out, so that a storm of alerts does not bury the one that counts. Pure, like the rules.
///
///   silent station  --> waits `gather` for others of its gateway --> most are silent: one parent, these are counted under it
///   high water      --> from the n-th open one of its basin on: one parent (rain mode)
///   anything new    --> budgets: per device and kind of rule, per gateway; above: one parent says so at once, first, last, count
///
/// Nothing is lost by it. What is above a budget goes out in a later minute, under its parent, as long as it is open; a suspected
/// violation goes out even when it is over. What a parent speaks for is counted there. Readings are kept whatever happens here. Sand
/// mining, dumping and tampering are never folded and never wait.
internal sealed class StormControl(RuleSet rules, string self)
{
    private readonly AlertBudgets _budgets = new();
    private readonly OpenEpisodes _silent = new();
    private readonly OpenEpisodes _highWater = new();
    private readonly List<HeldAlert> _held = [];
    private readonly Dictionary<string, HeldAlert> _heldById = new(StringComparer.Ordinal);
    private readonly List<ParentEpisode> _parents = [];
    private RuleSet _rules = rules;

    /// Alerts that have not gone out.
    public int HeldCount => _held.Count;

    public bool Holds(string episodeId) => _heldById.ContainsKey(episodeId);

    public IEnumerable<OpenEpisode> Parents => _parents.Select(p => p.Open(_rules));

    public void Replace(RuleSet rules) => _rules = rules;

    public List<Decision> Apply(IReadOnlyList<Decision> decisions, DateTimeOffset now)
    {
        var to = new List<Decision>();
        if (decisions.Count == 0)
            return to;
        _budgets.MoveTo(now);
        foreach (var decision in decisions)
            Take(decision, now, to);
        return to;
    }

    public List<Decision> Tick(DateTimeOffset now)
    {
        var to = new List<Decision>();
        _budgets.MoveTo(now);
        foreach (var gateway in _silent.Groups)
            LookAtGateway(gateway, now, to);
        foreach (var basin in _highWater.Groups)
            if (_highWater.Count(basin) < _rules.Storm.RainFrom)
                EndParent(new ParentKey(BuiltInRules.Basin, self, basin), now, to);
        foreach (var held in _held.Where(h => h.For == HeldFor.Budget).ToList())
            if (IsAffordable(held.Opened))
                Release(held, now, to);
        foreach (var parent in _parents.ToList())
            if (parent.Key.IsStorm && !_held.Any(h => h.Parent == parent.Key))
                EndParent(parent.Key, now, to);
            else if (parent.IsDue(now))
                to.Add(parent.Tell(EpisodePhase.Updated, _rules, now));
        return to;
    }

    private void Take(Decision decision, DateTimeOffset now, List<Decision> to)
    {
        var alert = decision.Alert;
        var station = _rules.Stations.GetValueOrDefault(decision.SourceDevice);
        if (decision.Kind == RuleKind.Missing && station is { Gateway.Length: > 0 })
            _silent.Follow(station.Gateway, decision);
        var hydrological = decision.Category == AlertCategory.Hydrological && alert.Kind != AlertKind.SuspectedViolation && station is { Basin.Length: > 0 };
        var openBefore = hydrological ? _highWater.Count(station!.Basin) : 0;
        if (hydrological)
            _highWater.Follow(station!.Basin, decision);

        if (_heldById.TryGetValue(alert.EpisodeId, out var held))
            Absorb(held, decision, now, to);
        else if (alert.Phase != EpisodePhase.Opened)
            to.Add(decision);
        else if (decision.Category is AlertCategory.SandMining or AlertCategory.Dumping or AlertCategory.Tamper)
            Send(decision, to);
        else if (decision.Kind == RuleKind.Missing && station is { Gateway.Length: > 0 })
            Hold(decision, HeldFor.Gather, null, now);
        else if (hydrological && openBefore + 1 >= _rules.Storm.RainFrom)
            Fold(decision, new ParentKey(BuiltInRules.Basin, self, station!.Basin), HeldFor.Parent, now, to);
        else
            SendOrFold(decision, now, to);
    }

    private void Absorb(HeldAlert held, Decision decision, DateTimeOffset now, List<Decision> to)
    {
        held.Latest = decision;
        if (decision.Alert.Phase != EpisodePhase.Cleared)
            return;
        if (held.For == HeldFor.Gather)
            Release(held, now, to);
        else if (held.For == HeldFor.Parent || held.Opened.Alert.Kind != AlertKind.SuspectedViolation)
            Drop(held);
    }

    private void LookAtGateway(string gateway, DateTimeOffset now, List<Decision> to)
    {
        var key = new ParentKey(BuiltInRules.GatewaySilent, gateway, "");
        var (silent, all) = (_silent.Stations(gateway), _rules.Stations.Values.Count(s => s.Gateway == gateway));
        var isDead = silent >= 2 && silent * 100 >= all * _rules.Storm.DeadGatewayPercent;
        if (!isDead)
            EndParent(key, now, to);
        foreach (var held in _held.Where(h => h.For == HeldFor.Gather && GatewayOf(h.Opened) == gateway).ToList())
            if (isDead)
            {
                ParentOf(key, now, to).Add(now);
                (held.For, held.Parent) = (HeldFor.Parent, key);
            }
            else if (now - held.Since >= _rules.Storm.Gather)
            {
                Release(held, now, to);
            }
    }

    /// What it spoke for and is still open speaks for itself again.
    private void EndParent(ParentKey key, DateTimeOffset now, List<Decision> to)
    {
        if (_parents.Find(p => p.Key == key) is not { } parent)
            return;
        to.Add(parent.Tell(EpisodePhase.Cleared, _rules, now));
        foreach (var held in _held.Where(h => h.Parent == key).ToList())
            Release(held, now, to, parent.Id);
        _parents.Remove(parent);
    }

    /// Sends what was held, with what was said of it since; above the budget it is held again.
    private void Release(HeldAlert held, DateTimeOffset now, List<Decision> to, string? parentId = null)
    {
        Drop(held);
        parentId ??= _parents.Find(p => p.Key == held.Parent)?.Id;
        var opened = held.Opened;
        if (parentId is not null && opened.Alert.ParentEpisodeId.Length == 0)
        {
            opened = opened with { Alert = opened.Alert.Clone() };
            opened.Alert.ParentEpisodeId = parentId;
        }
        if (IsAffordable(opened))
        {
            Send(opened, to);
            if (held.Latest is { } latest)
                to.Add(latest);
            return;
        }
        SendOrFold(opened, now, to);
        if (held.Latest is { } since)
            Take(since, now, to);
    }

    private void SendOrFold(Decision decision, DateTimeOffset now, List<Decision> to)
    {
        if (IsAffordable(decision))
            Send(decision, to);
        else
            Fold(decision, StormKeyOf(decision), HeldFor.Budget, now, to);
    }

    private void Fold(Decision decision, ParentKey key, HeldFor reason, DateTimeOffset now, List<Decision> to)
    {
        ParentOf(key, now, to).Add(now);
        Hold(decision, reason, key, now);
    }

    private ParentEpisode ParentOf(ParentKey key, DateTimeOffset now, List<Decision> to)
    {
        if (_parents.Find(p => p.Key == key) is { } known)
            return known;
        var parent = new ParentEpisode(key, now);
        _parents.Add(parent);
        to.Add(parent.Tell(EpisodePhase.Opened, _rules, now));
        return parent;
    }

    private void Hold(Decision decision, HeldFor reason, ParentKey? parent, DateTimeOffset now)
    {
        var held = new HeldAlert(decision, now) { For = reason, Parent = parent };
        _held.Add(held);
        _heldById[decision.Alert.EpisodeId] = held;
    }

    private void Drop(HeldAlert held)
    {
        _held.Remove(held);
        _heldById.Remove(held.Opened.Alert.EpisodeId);
    }

    private bool IsAffordable(Decision decision) =>
        _budgets.Has(DeviceBudget(decision), _rules.Storm.PerDeviceAndKind) && _budgets.Has(GatewayBudget(decision), _rules.Storm.PerGateway);

    private void Send(Decision decision, List<Decision> to)
    {
        _budgets.Spend(DeviceBudget(decision));
        _budgets.Spend(GatewayBudget(decision));
        to.Add(decision);
    }

    private ParentKey StormKeyOf(Decision decision) => _budgets.Has(DeviceBudget(decision), _rules.Storm.PerDeviceAndKind)
        ? new ParentKey(BuiltInRules.Storm, GatewayOf(decision), "")
        : new ParentKey(BuiltInRules.Storm, decision.SourceDevice, decision.Kind.ToString());

    private static string DeviceBudget(Decision decision) => $"device {decision.SourceDevice} {decision.Kind}";

    private string GatewayBudget(Decision decision) => $"gateway {GatewayOf(decision)}";

    // A station that names no gateway is behind this agent itself.
    private string GatewayOf(Decision decision) =>
        _rules.Stations.GetValueOrDefault(decision.SourceDevice) is { Gateway.Length: > 0 } station ? station.Gateway : self;

    public void Write(StateWriter to)
    {
        _budgets.Write(to);
        _silent.Write(to);
        _highWater.Write(to);
        to.Number((long)_parents.Count);
        foreach (var parent in _parents)
            parent.Write(to);
        to.Number((long)_held.Count);
        foreach (var held in _held)
            held.Write(to);
    }

    public void Read(StateReader from)
    {
        _budgets.Read(from);
        _silent.Read(from);
        _highWater.Read(from);
        for (var left = from.Signed(); left > 0; left--)
            _parents.Add(ParentEpisode.Read(from));
        for (var left = from.Signed(); left > 0; left--)
        {
            var held = HeldAlert.Read(from);
            _held.Add(held);
            _heldById[held.Opened.Alert.EpisodeId] = held;
        }
    }
}
