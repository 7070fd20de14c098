namespace EdgeEnforcement.Testing;

/// One file's bytes twice: as programs see them, and as a power cut would leave them; between the two the changes not yet flushed.
internal sealed class ShadowNode : ShadowEntry
{
    private const int SectorBytes = 512;

    private readonly List<Change> _pending = [];
    private readonly List<byte[]> _punched = [];
    private byte[] _seen = [];
    private byte[] _durable = [];

    public int Length => _seen.Length;

    public ReadOnlySpan<byte> Seen => _seen;

    public ReadOnlySpan<byte> Durable => _durable;

    public IReadOnlyList<byte[]> Punched => _punched;

    public override bool HasUnsynced => _pending.Count > 0;

    public override void Collect(HashSet<ShadowEntry> into) => into.Add(this);

    protected override ShadowEntry NewLikeThis() => new ShadowNode();

    protected override void CopyDurable(ShadowEntry into, Dictionary<ShadowEntry, ShadowEntry> known)
    {
        var copy = (ShadowNode)into;
        copy._seen = [.. _durable];
        copy._durable = [.. _durable];
    }

    protected override void DescribeContent(BinaryWriter into, Func<byte[], byte[]> bytes, Dictionary<ShadowEntry, int> known)
    {
        into.Write(bytes(_durable));
        foreach (var change in _pending)
        {
            into.Write(change.Offset);
            into.Write(change.Length ?? -1);
            into.Write(bytes(change.Bytes));
        }
        into.Write(_pending.Count);
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => Add(new Change(offset, bytes.ToArray(), null));

    public void PunchHole(long offset, long length)
    {
        var end = (int)Math.Min(offset + length, _durable.Length);
        if (end > offset)
            _punched.Add(_durable[(int)offset..end]);
        Write(new byte[length], offset);
    }

    public void SetLength(long length) => Add(new Change(0, [], length));

    private void Add(Change change)
    {
        Apply(ref _seen, change);
        _pending.Add(change);
    }

    public void Flush()
    {
        foreach (var change in _pending)
            Apply(ref _durable, change);
        _pending.Clear();
    }

    /// The kernel's way: after a failed flush the pages count as clean, so no later flush writes them, though they still read well.
    public void FailFlush() => _pending.Clear();

    public override void Crash(CrashMode mode, Random random)
    {
        switch (mode)
        {
            case CrashMode.KeepAll:
                Flush();
                break;
            case CrashMode.Tear:
                Tear(random);
                break;
            case CrashMode.KeepSome:
                foreach (var change in _pending)
                    if (random.Next(2) == 0)
                        Apply(ref _durable, change);
                break;
            case CrashMode.Reorder:
                foreach (var change in _pending)
                    ApplySomeSectors(change, random);
                break;
            case CrashMode.Drop:
            default:
                break;
        }
        _pending.Clear();
        _seen = [.. _durable];
    }

    private void Tear(Random random)
    {
        var kept = random.Next(_pending.Count + 1);
        for (var i = 0; i < kept; i++)
            Apply(ref _durable, _pending[i]);
        if (kept < _pending.Count && _pending[kept] is { Length: null } torn)
            Apply(ref _durable, torn with { Bytes = torn.Bytes[..random.Next(torn.Bytes.Length + 1)] });
    }

    private void ApplySomeSectors(Change change, Random random)
    {
        if (change.Length is not null)
        {
            if (random.Next(2) == 0)
                Apply(ref _durable, change);
            return;
        }
        if (random.Next(2) == 0)
            Grow(ref _durable, change.Offset + change.Bytes.Length);
        for (var at = 0; at < change.Bytes.Length;)
        {
            var sector = (int)Math.Min(SectorBytes - ((change.Offset + at) % SectorBytes), change.Bytes.Length - at);
            if (random.Next(2) == 0)
                Apply(ref _durable, new Change(change.Offset + at, change.Bytes[at..(at + sector)], null));
            at += sector;
        }
    }

    private static void Apply(ref byte[] content, Change change)
    {
        if (change.Length is { } length)
        {
            Array.Resize(ref content, (int)length);
            return;
        }
        if (change.Bytes.Length == 0)
            return;
        Grow(ref content, change.Offset + change.Bytes.Length);
        change.Bytes.CopyTo(content.AsSpan((int)change.Offset));
    }

    private static void Grow(ref byte[] content, long length)
    {
        if (content.Length < length)
            Array.Resize(ref content, (int)length);
    }

    private sealed record Change(long Offset, byte[] Bytes, long? Length);
}
