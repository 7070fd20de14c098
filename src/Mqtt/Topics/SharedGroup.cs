namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>The members of one <c>$share/{name}/{filter}</c>; a message that matches goes to one of them, and who that is decides the caller.</summary>
internal sealed class SharedGroup<TSubscriber>(string shareName, string filter)
    where TSubscriber : notnull
{
    public string ShareName { get; } = shareName;

    /// <summary>Without <c>$share/{name}/</c>.</summary>
    public string Filter { get; } = filter;

    public int Count => throw new NotSupportedException();

    /// <summary>Where the next choice starts; for a caller that goes round. Kept within the members.</summary>
    public int Turn { get; set; }

    public SubscriptionMatch<TSubscriber> this[int index] => throw new NotSupportedException();
}
