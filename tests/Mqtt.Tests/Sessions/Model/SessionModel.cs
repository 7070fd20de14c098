using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions.Model;

/// <summary>
/// Clients and what they were promised, beside a broker that may die at any time:
///   - acknowledged ⊆ stored: who was subscribed when a message was acknowledged gets it, once for QoS 2, at least once for QoS 1;
///   - what was refused reaches nobody;
///   - messages of one publisher, topic and QoS come in order;
///   - the retained message of a topic is the last acknowledged one, or one tried since;
///   - of a shared group one member gets a message of QoS 2, at least one a message of QoS 1;
///   - a will is sent when it is due and not when it is cancelled (<see cref="ModelWills"/>);
///   - what has an expiry may be left out after it, and is never sent for the first time then;
///   - who begins with a clean start is owed nothing of before, and finds nothing of it.
/// </summary>
internal sealed class SessionModel(BrokerFixture fixture)
{
    /// The one topic whose subscriptions come and go while the session stays.
    public const string Toggled = "toggled";

    public const string Shared = "s/0";

    public const string SharedFilter = "$share/g/s/0";

    private readonly Dictionary<ModelClient, HashSet<string>> _owed = [];
    private readonly HashSet<string> _refused = [];
    private readonly HashSet<string> _tried = [];
    private readonly Dictionary<string, HashSet<string>> _retained = [];
    private readonly Dictionary<string, DateTimeOffset> _expiring = [];
    private readonly HashSet<string> _owedToGroup = [];
    private readonly HashSet<string> _mayBeLostToGroup = [];
    private int _moment;

    public Broker Broker => fixture.Broker;

    public IReadOnlyList<ModelClient> Clients { get; private set; } = [];

    public int AcknowledgedCount { get; private set; }

    public ModelWills Wills => field ??= new ModelWills(this, Now);

    public int NextMoment() => ++_moment;

    public DateTimeOffset Now() => fixture.Time.GetUtcNow();

    public Task SettleAsync() => fixture.SettleAsync();

    public void AddClients()
    {
        Clients =
        [
            new ModelClient(this, "five", MqttVersion.V5), new ModelClient(this, "other", MqttVersion.V5),
            new ModelClient(this, "three", MqttVersion.V311),
        ];
        foreach (var client in Clients)
            _owed[client] = [];
    }

    /// Its session lives as long as its connection, and it is owed nothing beyond.
    public void AddFleetingClient()
    {
        var fleeting = new ModelClient(this, "fleeting", MqttVersion.V311, ModelLife.Fleeting);
        _owed[fleeting] = [];
        Clients = [.. Clients, fleeting];
    }

    public void Trying(ModelWill will) => _tried.Add(will.Text);

    public void Trying(ModelPublish publish)
    {
        _tried.Add(publish.Text);
        if (publish.Attempts == 1)
            publish.TriedAt = NextMoment();
        if (publish.ExpirySeconds is { } seconds)
            _expiring[publish.Text] = Now() + TimeSpan.FromSeconds(seconds);
        if (publish.Retain)
            (_retained.TryGetValue(publish.Topic, out var known) ? known : _retained[publish.Topic] = [""]).Add(publish.Text);
    }

    /// <param name="isAtOnce">False: it may have been taken some time ago, by an attempt before or while it was slowed.</param>
    public void Acknowledged(ModelPublish publish, bool isAtOnce)
    {
        AcknowledgedCount++;
        if (publish.Retain && isAtOnce)
            _retained[publish.Topic] = [publish.Text];
        if (publish.Topic == Shared)
            _owedToGroup.Add(publish.Text);
        else
            Owe(publish.Topic, publish.Text, isAtOnce ? int.MaxValue : publish.TriedAt);
    }

    public void OweWill(string text)
    {
        // It finds no room at a full session, and nobody is there to be told.
        if (HasAmpleRoom)
            Owe(ModelWills.Topic, text, int.MaxValue);
    }

    private void Owe(string topic, string text, int since)
    {
        foreach (var client in Clients)
            if (client.Life == ModelLife.Persistent && client.IsSubscribedSince(topic, since))
                _owed[client].Add(text);
    }

    private bool HasAmpleRoom => fixture.Options.MaximumQueuedCount >= 1_000;

    /// A clean start is about to end its session: what waited there is gone. Of a shared group's messages
    /// one of QoS 2 that was sent goes with it [MQTT5-4.8.2-5], and any that finds no room elsewhere.
    public void Discarding(ModelClient client)
    {
        _owed[client].Clear();
        var had = Clients.SelectMany(c => c.Effects).ToHashSet();
        _mayBeLostToGroup.UnionWith(_tried.Where(t => TopicOf(t) == Shared && !had.Contains(t) && (QoSOf(t) == QoS.ExactlyOnce || !HasAmpleRoom)));
    }

    public bool IsFresh(Delivery delivery, DateTimeOffset at) => !_expiring.TryGetValue(TestClient.TextOf(delivery), out var end) || at < end;

    /// The clock goes on and the heart beats.
    public async Task AdvanceAsync(TimeSpan by)
    {
        var due = Wills.TakeDue(Now() + by);
        await fixture.AdvanceAsync(by);
        foreach (var will in due)
            Wills.Sent(will);
    }

    public void Refused(ModelPublish publish)
    {
        if (publish.Attempts > 1)
            return; // the first attempt may have been taken and its answer lost
        _refused.Add(publish.Text);
        if (publish.Retain)
            _retained[publish.Topic].Remove(publish.Text);
    }

    /// The broker died: nobody is connected.
    public void Disconnected()
    {
        Wills.BrokerDied();
        foreach (var client in Clients)
            client.Forget();
    }

    /// Everybody comes back, and everything that is under way comes to its end.
    public async Task FinishAsync()
    {
        for (var round = 0; round < 10_000; round++)
        {
            foreach (var client in Clients)
            {
                if (!client.IsConnected)
                    await client.ConnectAsync();
                await client.LookAtSlowedAsync();
                await client.ReleaseOneAsync();
                await client.ReceiveOneAsync();
            }
            await SettleAsync();
            if (Clients.All(c => c.IsFinished))
                return;
        }
        Assert.Fail("It does not come to an end.");
    }

    public async Task VerifyAsync()
    {
        foreach (var client in Clients)
        {
            var effects = client.Effects;
            var counts = effects.CountBy(e => e).ToDictionary();
            Assert.All(_owed[client].Where(text => !_expiring.TryGetValue(text, out var end) || Now() < end), text => Assert.True(counts.ContainsKey(text), $"{client.Name} never got {text}, which was acknowledged"));
            Assert.All(counts, c => Assert.True(c.Value == 1 || QoSOf(c.Key) != QoS.ExactlyOnce, $"{client.Name} got {c.Key} {c.Value} times"));
            Assert.All(counts.Keys, text => Assert.True(_tried.Contains(text) && !_refused.Contains(text), $"{client.Name} got {text}, which was refused"));
            Wills.Verify(counts.Keys);
            // What passes from one member of a group to another may be overtaken.
            foreach (var stream in effects.Distinct().Where(t => TopicOf(t) != Shared).GroupBy(t => t[..t.LastIndexOf('/')]))
                Assert.Equal(stream.Select(SequenceOf).Order(), stream.Select(SequenceOf));
        }
        VerifyGroup();
        await VerifyRetainedAsync();
    }

    private void VerifyGroup()
    {
        var counts = Clients.SelectMany(c => c.Effects).Where(t => TopicOf(t) == Shared).CountBy(t => t).ToDictionary();
        Assert.All(_owedToGroup.Except(_mayBeLostToGroup), text => Assert.True(counts.ContainsKey(text), $"no member got {text}, which was acknowledged"));
        Assert.All(counts, c => Assert.True(c.Value == 1 || QoSOf(c.Key) != QoS.ExactlyOnce, $"the group got {c.Key} {c.Value} times"));
    }

    private async Task VerifyRetainedAsync()
    {
        var reader = await fixture.ConnectAsync("reader", clean: true, expiry: 0);
        await reader.SubscribeAsync("r/#");
        var found = reader.Deliveries.ToDictionary(d => d.Message.Topic, TestClient.TextOf);
        Assert.All(_retained, r => Assert.Contains(found.GetValueOrDefault(r.Key, ""), r.Value));
        await reader.CloseAsync();
    }

    /// name/topic/QoS/number, and every topic has two levels or one.
    private static string TopicOf(string text) => text[(text.IndexOf('/') + 1)..text.LastIndexOf('/', text.LastIndexOf('/') - 1)];

    private static QoS QoSOf(string text) => (QoS)(text[text.LastIndexOf('/') - 1] - '0');

    private static int SequenceOf(string text) => int.Parse(text.AsSpan(text.LastIndexOf('/') + 1));
}
