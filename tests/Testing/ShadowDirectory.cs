namespace EdgeEnforcement.Testing;

/// One directory's names twice, like <see cref="ShadowNode"/>: a name that was not synced may be gone, or back, after a power cut. A
/// directory whose own name is gone is gone with all that lies below it, flushed or not.
internal sealed class ShadowDirectory : ShadowEntry
{
    private readonly List<(string What, Action<Dictionary<string, ShadowEntry>> Change)> _pending = [];
    private Dictionary<string, ShadowEntry> _durable = new(StringComparer.Ordinal);

    public Dictionary<string, ShadowEntry> Seen { get; private set; } = new(StringComparer.Ordinal);

    public IEnumerable<string> NamesOf<T>() where T : ShadowEntry => Seen.Where(e => e.Value is T).Select(e => e.Key);

    public void Add(string name, ShadowEntry entry) => Change($"+{name}", names => names[name] = entry);

    public void Remove(string name) => Change($"-{name}", names => names.Remove(name));

    // The target's name goes to the entry that had the source's name now, whatever was kept of what came before.
    public void Rename(string source, string target)
    {
        var entry = Seen[source];
        Change($"{source}>{target}", names =>
        {
            names.Remove(source);
            names[target] = entry;
        });
    }

    // Journaling file systems make this one step; here a power cut may leave both names, never neither.
    public void MoveTo(ShadowDirectory other, string source, string target, ShadowEntry entry)
    {
        other.Add(target, entry);
        Seen.Remove(source);
        _pending.Add(($"{source}>>{target}", names =>
        {
            if (other._durable.TryGetValue(target, out var arrived) && arrived == entry)
                names.Remove(source);
        }));
    }

    private void Change(string what, Action<Dictionary<string, ShadowEntry>> change)
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

    public override void Crash(CrashMode mode, Random random)
    {
        var below = Seen.Values.Concat(_durable.Values).Distinct().ToList();
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
        foreach (var entry in below)
            entry.Crash(mode, random);
    }

    public override void Collect(HashSet<ShadowEntry> into)
    {
        if (!into.Add(this))
            return;
        foreach (var entry in Seen.Values.Concat(_durable.Values))
            entry.Collect(into);
    }

    public override bool HasUnsynced => _pending.Count > 0 || Seen.Values.Any(e => e.HasUnsynced);

    protected override ShadowEntry NewLikeThis() => new ShadowDirectory();

    protected override void CopyDurable(ShadowEntry into, Dictionary<ShadowEntry, ShadowEntry> known)
    {
        var copy = (ShadowDirectory)into;
        foreach (var (name, entry) in _durable.OrderBy(n => n.Key, StringComparer.Ordinal))
            copy.Add(name, entry.DurableCopy(known));
        copy.Sync();
    }

    protected override void DescribeContent(BinaryWriter into, Func<byte[], byte[]> bytes, Dictionary<ShadowEntry, int> known)
    {
        foreach (var (name, entry) in _durable.OrderBy(n => n.Key, StringComparer.Ordinal).Concat(Seen.OrderBy(n => n.Key, StringComparer.Ordinal)))
        {
            into.Write(name);
            entry.Describe(into, bytes, known);
        }
        foreach (var (what, _) in _pending)
            into.Write(what);
    }
}
