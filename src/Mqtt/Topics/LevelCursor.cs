namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>The levels of a name or filter, one after the other. Empty levels are levels: "/a" has two (section 4.7.1.1).</summary>
internal ref struct LevelCursor(ReadOnlySpan<char> topic)
{
    private ReadOnlySpan<char> _rest = topic;
    private bool _atEnd;

    public ReadOnlySpan<char> Current { get; private set; }

    public bool MoveNext()
    {
        if (_atEnd)
            return false;
        var separator = _rest.IndexOf('/');
        _atEnd = separator < 0;
        Current = _atEnd ? _rest : _rest[..separator];
        if (!_atEnd)
            _rest = _rest[(separator + 1)..];
        return true;
    }
}
