namespace EdgeEnforcement.Testing;

/// One directory's names twice, like <see cref="ShadowNode"/>: a name that was not synced may be gone, or back, after a power cut.
internal sealed class ShadowDirectory
{
    private readonly List<(string What, Action<Dictionary<string, ShadowNode>> Change)> _pending = [];
    private Dictionary<string, ShadowNode> _durable = new(StringComparer.Ordinal);

    public Dictionary<string, ShadowNode> Seen { get; private set; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ShadowNode> Durable => _durable;

    public IEnumerable<string> Pending => _pending.Select(p => p.What);

    public IEnumerable<ShadowNode> EveryNode => Seen.Values.Concat(_durable.Values).Distinct();

    public void Add(string name, ShadowNode node) => Change($"+{name}", names => names[name] = node);

    public void Remove(string name) => Change($"-{name}", names => names.Remove(name));

    // The target's name goes to the node that had the source's name now, whatever was kept of what came before.
    public void Rename(string source, string target)
    {
        var node = Seen[source];
        Change($"{source}>{target}", names =>
        {
            names.Remove(source);
            names[target] = node;
        });
    }

    // Journaling file systems make this one step; here a power cut may leave both names, never neither.
    public void MoveTo(ShadowDirectory other, string source, string target, ShadowNode node)
    {
        other.Add(target, node);
        Seen.Remove(source);
        _pending.Add(($"{source}>>{target}", names =>
        {
            if (other._durable.TryGetValue(target, out var arrived) && arrived == node)
                names.Remove(source);
        }));
    }

    private void Change(string what, Action<Dictionary<string, ShadowNode>> change)
    {
        change(Seen);
        _pending.Add((what, change));
    }

    public void Sync()
    {
        foreach (var (_, change) in _pending)
            change(_durable);
        _pending.Clear();
    }

    public void Crash(CrashMode mode, Random random)
    {
        var kept = mode switch
        {
            CrashMode.Drop => 0,
            CrashMode.Tear => random.Next(_pending.Count + 1),
            CrashMode.Reorder or CrashMode.KeepSome or CrashMode.KeepAll => _pending.Count,
            _ => throw new ArgumentOutOfRangeException(nameof(mode)),
        };
        for (var i = 0; i < kept; i++)
            if (mode is CrashMode.Tear or CrashMode.KeepAll || random.Next(2) == 0)
                _pending[i].Change(_durable);
        _pending.Clear();
        Seen = new(_durable, StringComparer.Ordinal);
    }
}
