namespace EdgeEnforcement.Mqtt.Topics;

/// <summary>One value for each topic name, found by filter. Owned by one thread.</summary>
internal sealed class RetainedTree<TMessage>
    where TMessage : class
{
    public int Count => throw new NotSupportedException();

    /// <summary>Answers what was there before.</summary>
    public TMessage? Set(string topic, TMessage message) => throw new NotSupportedException();

    public TMessage? Remove(string topic) => throw new NotSupportedException();

    public TMessage? Find(ReadOnlySpan<char> topic) => throw new NotSupportedException();

    /// <summary>Appends every message whose topic matches the filter; for a shared filter nothing (retained messages are not sent for those).</summary>
    public void Match(ReadOnlySpan<char> filter, List<TMessage> into) => throw new NotSupportedException();
}
