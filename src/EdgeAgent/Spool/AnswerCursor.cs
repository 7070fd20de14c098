namespace EdgeEnforcement.EdgeAgent.Spool;

/// Which sequences of one (epoch, class) have a final answer. Contiguous is the cursor: everything up to it is answered. Two lanes
/// answer at two ends, so there may be answers above it; losing those costs a resend, never a record. Not synchronised.
internal sealed class AnswerCursor
{
    private readonly HashSet<ulong> _above = [];

    public ulong Contiguous { get; private set; }

    public ulong Highest { get; private set; }

    public ulong AnsweredCount => Contiguous + (ulong)_above.Count;

    public void Mark(ulong sequence)
    {
        Highest = Math.Max(Highest, sequence);
        if (sequence <= Contiguous)
            return;
        _above.Add(sequence);
        while (_above.Remove(Contiguous + 1))
            Contiguous++;
    }

    /// The log begins at this sequence: nothing below it is waited for.
    public void BeginAt(ulong first)
    {
        if (first <= Contiguous + 1)
            return;
        Contiguous = first - 1;
        _above.RemoveWhere(s => s <= Contiguous);
        while (_above.Remove(Contiguous + 1))
            Contiguous++;
    }

    public bool IsAnswered(ulong sequence) => sequence <= Contiguous || _above.Contains(sequence);
}
