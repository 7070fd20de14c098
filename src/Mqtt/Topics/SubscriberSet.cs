namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>Subscribers with what they were granted: packed, so that a fan-out is one run through memory; looked up by index from the ninth on.</summary>
internal sealed class SubscriberSet<TSubscriber>
    where TSubscriber : notnull
{
    private const int ScannedCount = 8;

    private readonly List<SubscriptionMatch<TSubscriber>> _members = new(1);
    private Dictionary<TSubscriber, int>? _places;

    public int Count => _members.Count;

    public SubscriptionMatch<TSubscriber> this[int index] => _members[index];

    /// <summary>Answers whether the subscriber is new.</summary>
    public bool Set(TSubscriber subscriber, SubscriptionGrant grant)
    {
        var member = new SubscriptionMatch<TSubscriber>(subscriber, grant);
        var at = PlaceOf(subscriber);
        if (at >= 0)
        {
            _members[at] = member;
            return false;
        }

        _members.Add(member);
        if (_places is not null)
            _places.Add(subscriber, _members.Count - 1);
        else if (_members.Count > ScannedCount)
            _places = Enumerable.Range(0, _members.Count).ToDictionary(i => _members[i].Subscriber, i => i);
        return true;
    }

    /// <summary>The last member takes the place of the one that goes.</summary>
    public bool Remove(TSubscriber subscriber)
    {
        var at = PlaceOf(subscriber);
        if (at < 0)
            return false;
        var last = _members.Count - 1;
        _members[at] = _members[last];
        _members.RemoveAt(last);
        _places?.Remove(subscriber);
        if (_places is not null && at < last)
            _places[_members[at].Subscriber] = at;
        return true;
    }

    public void CopyTo(List<SubscriptionMatch<TSubscriber>> into) => into.AddRange(_members);

    private int PlaceOf(TSubscriber subscriber)
    {
        if (_places is not null)
            return _places.GetValueOrDefault(subscriber, -1);
        for (var i = 0; i < _members.Count; i++)
        {
            if (EqualityComparer<TSubscriber>.Default.Equals(_members[i].Subscriber, subscriber))
                return i;
        }

        return -1;
    }
}
