namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>
/// The children of a node by their level. Most nodes of a real tree have one or a few (<c>ee/v1/{device}/down</c> below the device), and there are
/// hundreds of thousands of them: those are looked through; a dictionary comes with the ninth child and stays.
/// </summary>
internal struct LevelMap<TNode>
    where TNode : class
{
    private const int ScannedCount = 8;

    private string[]? _levels;
    private TNode[]? _nodes;
    private Dictionary<string, TNode>? _index;

    /// <summary>In both forms.</summary>
    public int Count { get; private set; }

    public readonly TNode? Find(ReadOnlySpan<char> level)
    {
        if (_index is not null)
            return _index.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var found) ? found : null;
        for (var i = 0; i < Count; i++)
        {
            if (level.SequenceEqual(_levels![i])) // not null: there is a count
                return _nodes![i];
        }

        return null;
    }

    /// <summary>The level is not there yet.</summary>
    public void Add(string level, TNode node)
    {
        if (_index is null && Count == ScannedCount)
            MakeIndex();
        if (_index is not null)
        {
            _index.Add(level, node);
            Count = _index.Count;
            return;
        }

        var room = _levels?.Length ?? 0;
        if (Count == room)
        {
            Array.Resize(ref _levels, room == 0 ? 1 : Math.Min(room * 2, ScannedCount));
            Array.Resize(ref _nodes, _levels.Length);
        }

        _levels![Count] = level; // not null: there is room
        _nodes![Count] = node;
        Count++;
    }

    public void Remove(string level)
    {
        if (_index is not null)
        {
            _index.Remove(level);
            Count = _index.Count;
            return;
        }

        var at = Array.IndexOf(_levels!, level, 0, Count); // not null: the level is in it
        Count--;
        (_levels![at], _nodes![at]) = (_levels[Count], _nodes[Count]);
        (_levels[Count], _nodes[Count]) = (null!, null!); // beyond the count
    }

    /// <summary>Puts every child that is to be looked at on the stack.</summary>
    public readonly void PushAll(Stack<TNode> onto, bool exceptDollar)
    {
        if (_index is not null)
        {
            foreach (var (level, node) in _index)
            {
                if (!exceptDollar || !level.StartsWith('$'))
                    onto.Push(node);
            }

            return;
        }

        for (var i = 0; i < Count; i++)
        {
            if (!exceptDollar || !_levels![i].StartsWith('$')) // not null: there is a count
                onto.Push(_nodes![i]);
        }
    }

    private void MakeIndex()
    {
        _index = new Dictionary<string, TNode>(2 * ScannedCount, StringComparer.Ordinal);
        for (var i = 0; i < Count; i++)
            _index.Add(_levels![i], _nodes![i]); // not null: there is a count
        (_levels, _nodes) = (null, null);
    }
}
