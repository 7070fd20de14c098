using EdgeEnforcement.EdgeAgent.Hosting;

namespace EdgeEnforcement.EdgeAgent.Uplink.Lanes;

/// What of one range was told to come later, and when it is tried again: after a back-off one record goes alone, and only its answer lets
/// the rest follow, in order. So a centre that is busy for a day costs one record per back-off, not the backlog per back-off.
/// Not synchronised: the reader's lock covers it.
internal sealed class Postponed(Backoff backoff, TimeProvider time)
{
    private readonly SortedSet<ulong> _again = [];
    private bool _open = true;
    private ulong? _probe;
    private DateTimeOffset _notBefore;

    public bool Any => _again.Count > 0 || _probe is not null;

    /// True while nothing new of the range should be sent.
    public bool Holds => !_open && Any;

    /// How long until the next try; null when none is to come by time alone.
    public TimeSpan? Wait => _again.Count == 0 || _probe is not null ? null
        : _open ? TimeSpan.Zero
        : _notBefore - time.GetUtcNow() is { Ticks: > 0 } rest ? rest : TimeSpan.Zero;

    /// True when this begins a wait.
    public bool Add(ulong sequence)
    {
        _again.Add(sequence);
        var begins = _open || _probe == sequence;
        if (begins)
            _notBefore = time.GetUtcNow() + backoff.Next();
        _open = false;
        if (_probe == sequence)
            _probe = null;
        return begins;
    }

    public ulong? Take()
    {
        if (Wait != TimeSpan.Zero)
            return null;
        var next = _again.Min;
        _again.Remove(next);
        if (!_open)
            _probe = next;
        return next;
    }

    /// True when this was the answer the rest waited for.
    public bool Answered(ulong sequence)
    {
        if (_probe != sequence)
            return false;
        _probe = null;
        _open = true;
        backoff.Reset();
        return true;
    }
}
