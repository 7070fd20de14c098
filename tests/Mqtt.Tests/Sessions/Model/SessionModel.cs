using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions.Model;

/// <summary>
/// Clients and what they were promised, beside a broker that may die at any time:
///   - acknowledged ⊆ stored: who was subscribed when a message was acknowledged gets it, once for QoS 2, at least once for QoS 1;
///   - what was refused reaches nobody;
///   - messages of one publisher, topic and QoS come in order;
///   - the retained message of a topic is the last acknowledged one, or one tried since.
/// </summary>
internal sealed class SessionModel(BrokerFixture fixture)
{
    /// The one topic whose subscriptions come and go.
    public const string Toggled = "toggled";

    private readonly Dictionary<ModelClient, HashSet<string>> _owed = [];
    private readonly HashSet<string> _refused = [];
    private readonly HashSet<string> _tried = [];
    private readonly Dictionary<string, HashSet<string>> _retained = [];

    public Broker Broker => fixture.Broker;

    public IReadOnlyList<ModelClient> Clients { get; private set; } = [];

    public int AcknowledgedCount { get; private set; }

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

    public void Trying(ModelPublish publish)
    {
        _tried.Add(publish.Text);
        if (publish.Retain)
            (_retained.TryGetValue(publish.Topic, out var known) ? known : _retained[publish.Topic] = [""]).Add(publish.Text);
    }

    /// <param name="isAtOnce">False: it may have been taken some time ago, by an attempt before or while it was slowed.</param>
    public void Acknowledged(ModelPublish publish, bool isAtOnce)
    {
        AcknowledgedCount++;
        if (publish.Retain && isAtOnce)
            _retained[publish.Topic] = [publish.Text];
        foreach (var client in Clients)
            if (client.IsSubscribed(publish.Topic) == true && (isAtOnce || publish.Topic != Toggled))
                _owed[client].Add(publish.Text);
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
            Assert.All(_owed[client], text => Assert.True(counts.ContainsKey(text), $"{client.Name} never got {text}, which was acknowledged"));
            Assert.All(counts, c => Assert.True(c.Value == 1 || QoSOf(c.Key) != QoS.ExactlyOnce, $"{client.Name} got {c.Key} {c.Value} times"));
            Assert.All(counts.Keys, text => Assert.True(_tried.Contains(text) && !_refused.Contains(text), $"{client.Name} got {text}, which was refused"));
            foreach (var stream in effects.Distinct().GroupBy(t => t[..t.LastIndexOf('/')]))
                Assert.Equal(stream.Select(SequenceOf).Order(), stream.Select(SequenceOf));
        }
        await VerifyRetainedAsync();
    }

    private async Task VerifyRetainedAsync()
    {
        var reader = await fixture.ConnectAsync("reader", clean: true, expiry: 0);
        await reader.SubscribeAsync("r/#");
        var found = reader.Deliveries.ToDictionary(d => d.Message.Topic, TestClient.TextOf);
        Assert.All(_retained, r => Assert.Contains(found.GetValueOrDefault(r.Key, ""), r.Value));
        await reader.CloseAsync();
    }

    private static QoS QoSOf(string text) => (QoS)(text[text.LastIndexOf('/') - 1] - '0');

    private static int SequenceOf(string text) => int.Parse(text.AsSpan(text.LastIndexOf('/') + 1));
}
