namespace EdgeEnforcement.Testing;

/// One directory's names twice, like <see cref="ShadowNode"/>: a name that was not synced may be gone, or back, after a power cut.
internal sealed class ShadowDirectory
{
    private readonly List<Action<Dictionary<string, ShadowNode>>> _pending = [];
    private Dictionary<string, ShadowNode> _durable = new(StringComparer.Ordinal);

    public Dictionary<string, ShadowNode> Seen { get; private set; } = new(StringComparer.Ordinal);

    public IEnumerable<ShadowNode> EveryNode => Seen.Values.Concat(_durable.Values).Distinct();

    public void Add(string name, ShadowNode node) => Change(names => names[name] = node);

    public void Remove(string name) => Change(names => names.Remove(name));

    // The target's name goes to the node that had the source's name now, whatever was kept of what came before.
    public void Rename(string source, string target)
    {
        var node = Seen[source];
        Change(names =>
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
        _pending.Add(names =>
        {
            if (other._durable.TryGetValue(target, out var arrived) && arrived == node)
                names.Remove(source);
        });
    }

    private void Change(Action<Dictionary<string, ShadowNode>> change)
    {
        change(Seen);
        _pending.Add(change);
    }

    public void Sync()
    {
        foreach (var change in _pending)
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
                _pending[i](_durable);
        _pending.Clear();
        Seen = new(_durable, StringComparer.Ordinal);
    }
}
