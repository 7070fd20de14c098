using EdgeEnforcement.Detection.States;

namespace EdgeEnforcement.Detection.Storm;

/// How many new alerts went out in the running minute, by name.
internal sealed class AlertBudgets
{
    private readonly SortedDictionary<string, int> _spent = new(StringComparer.Ordinal);
    private long _minute;

    public bool Has(string name, int most) => _spent.GetValueOrDefault(name) < most;

    public void Spend(string name) => _spent[name] = _spent.GetValueOrDefault(name) + 1;

    /// A clock that steps back does not give the minute back.
    public void MoveTo(DateTimeOffset now)
    {
        var minute = now.UtcTicks / TimeSpan.TicksPerMinute;
        if (minute <= _minute)
            return;
        _minute = minute;
        _spent.Clear();
    }

    public void Write(StateWriter to)
    {
        to.Number(_minute);
        to.Number((long)_spent.Count);
        foreach (var (name, count) in _spent)
        {
            to.Text(name);
            to.Number((long)count);
        }
    }

    public void Read(StateReader from)
    {
        _minute = from.Signed();
        for (var left = from.Signed(); left > 0; left--)
            _spent.Add(from.Text(), (int)from.Signed());
    }
}
