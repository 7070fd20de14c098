namespace EdgeEnforcement.Testing;

/// What a name on the shadow disk stands for: a file or a directory.
internal abstract class ShadowEntry
{
    /// The power cut: what was pending is lost, kept or mangled, and what is seen is what is durable.
    public abstract void Crash(CrashMode mode, Random random);

    /// True while a power cut could leave something else than what programs see.
    public abstract bool HasUnsynced { get; }

    /// This one and all that lies below it, seen or durable.
    public abstract void Collect(HashSet<ShadowEntry> into);

    /// <param name="known">Copies made so far: two names of one file stay two names of one file.</param>
    public ShadowEntry DurableCopy(Dictionary<ShadowEntry, ShadowEntry> known)
    {
        if (!known.TryGetValue(this, out var copy))
            CopyDurable(known[this] = copy = NewLikeThis(), known);
        return copy;
    }

    protected abstract ShadowEntry NewLikeThis();

    protected abstract void CopyDurable(ShadowEntry into, Dictionary<ShadowEntry, ShadowEntry> known);

    /// <param name="bytes">How contents are written: as they are, or without what differs from run to run.</param>
    /// <param name="known">Entries described so far, by their numbers.</param>
    public void Describe(BinaryWriter into, Func<byte[], byte[]> bytes, Dictionary<ShadowEntry, int> known)
    {
        if (known.TryAdd(this, known.Count))
            DescribeContent(into, bytes, known);
        into.Write(known[this]);
    }

    protected abstract void DescribeContent(BinaryWriter into, Func<byte[], byte[]> bytes, Dictionary<ShadowEntry, int> known);
}
