namespace EdgeEnforcement.Mqtt.Tests.Sessions.Model;

/// <summary>
/// What must become of each client's will (5.0, sections 3.1.2.5 and 3.1.3.2.2): sent when its connection is lost and the delay is over, or the session
/// ends; not sent when the client took its leave or came back in time. Where the broker died in between, either is right.
/// </summary>
internal sealed class ModelWills(SessionModel model, Func<DateTimeOffset> now)
{
    public const string Topic = "w/0";

    private readonly Dictionary<ModelClient, ModelWill> _standing = [];
    private readonly HashSet<string> _cancelled = [];

    public int SentCount { get; private set; }

    public int CancelledCount => _cancelled.Count;

    /// Out of what is known, until the broker has answered: if it dies, either may happen.
    public ModelWill? Take(ModelClient client) => _standing.Remove(client, out var will) ? will : null;

    public void Armed(ModelClient client, ModelWill will) => _standing[client] = will;

    /// <param name="isSessionOver">It began with a clean start: the will goes with the session that was.</param>
    public void CameBack(ModelWill? will, bool isSessionOver)
    {
        if (will is null)
            return;
        if (isSessionOver || (will.DueAt is null && will.DelaySeconds == 0))
            Sent(will);
        else
            _cancelled.Add(will.Text);
    }

    public void TookLeave(ModelWill? will)
    {
        if (will is not null)
            _cancelled.Add(will.Text);
    }

    public void WasLost(ModelClient client, ModelWill? will)
    {
        if (will is { DelaySeconds: 0 })
            Sent(will);
        else if (will is not null)
            _standing[client] = will with { DueAt = now() + TimeSpan.FromSeconds(will.DelaySeconds) };
    }

    /// Nobody is connected any more, and nobody was told.
    public void BrokerDied()
    {
        foreach (var (client, _) in _standing.Where(s => s.Value.DueAt is null).ToList())
            _standing.Remove(client);
    }

    /// The heart is about to beat: what is due by then is taken out, and sent if the beat is answered.
    public IReadOnlyList<ModelWill> TakeDue(DateTimeOffset by)
    {
        var due = _standing.Where(s => s.Value.DueAt <= by).ToList();
        due.ForEach(s => _standing.Remove(s.Key));
        return [.. due.Select(s => s.Value)];
    }

    public void Sent(ModelWill will)
    {
        SentCount++;
        model.OweWill(will.Text);
    }

    public void Verify(IEnumerable<string> effects) => Assert.All(effects, text => Assert.False(_cancelled.Contains(text), $"the will {text} was not to be sent"));
}
