using System.Buffers.Binary;
using EdgeEnforcement.Mqtt.Client;

namespace EdgeEnforcement.Mqtt.Tests.Client.Foreign;

/// <summary>What the client does with every server, whoever made it.</summary>
public abstract class ForeignServerTests
{
    private const int PatienceMilliseconds = 180_000;

    private readonly string _name = $"c{TestContext.Current.Test?.UniqueID[..12]}";

    private protected abstract int Port { get; }

    private protected abstract MqttVersion Version { get; }

    private protected virtual QoS Highest => QoS.AtLeastOnce;

    // A dot in a topic is a slash to RabbitMQ, and NATS takes none.
    private string Topic => $"test/{_name}";

    [Fact(Timeout = PatienceMilliseconds)]
    public async Task Everything_published_is_acknowledged_and_arrives_in_order()
    {
        const int each = 300;
        await using var receiver = Subscriber("r", Highest);
        await ConnectedAsync(receiver, 1);
        await using var sender = Kept("s");

        for (var qos = QoS.AtMostOnce; qos <= Highest; qos++)
            await PublishAsync(sender, qos, Enumerable.Range(each * (int)qos, each));

        var expected = Enumerable.Range(0, each * ((int)Highest + 1)).ToList();
        await Ear.UntilAsync(() => receiver.Ear.Messages.Count >= expected.Count, $"{expected.Count} messages");
        // Between the qualities there is no order: RabbitMQ has a queue for each.
        Assert.Equal(expected, receiver.Ear.Messages.OrderBy(m => m.QoS).Select(Number));
        Assert.Empty(receiver.Ear.Causes);
        Assert.Empty(sender.Ear.Causes);
    }

    [Fact(Timeout = PatienceMilliseconds)]
    public async Task A_large_message_arrives_whole()
    {
        await using var receiver = Subscriber("r", QoS.AtLeastOnce);
        await ConnectedAsync(receiver, 1);
        await using var sender = Kept("s");
        var payload = new byte[300_000];
        new Random(7).NextBytes(payload);

        var ticket = await sender.Client.PublishAsync(
            new ApplicationMessage { Topic = Topic, QoS = QoS.AtLeastOnce, Payload = payload }, TestContext.Current.CancellationToken);

        Assert.Equal(PublishResultKind.Acknowledged, (await ticket).Kind);
        await Ear.UntilAsync(() => receiver.Ear.Messages.Count > 0, "the message");
        Assert.Equal(payload, receiver.Ear.Messages[0].Payload.ToArray());
    }

    [Fact(Timeout = PatienceMilliseconds)]
    public async Task A_kept_session_holds_what_came_meanwhile()
    {
        await using (var first = Subscriber("r", QoS.AtLeastOnce))
        {
            await ConnectedAsync(first, 1);
            await first.StopAsync();
        }
        await using var sender = Kept("s");
        await PublishAsync(sender, QoS.AtLeastOnce, Enumerable.Range(0, 50));

        await using var second = Subscriber("r", QoS.AtLeastOnce);
        await Ear.UntilAsync(() => second.Ear.Messages.Count >= 50, "50 messages");

        Assert.Equal([true], second.Ear.Connections);
        Assert.Equal(Enumerable.Range(0, 50), second.Ear.Messages.Select(Number));
    }

    [Fact(Timeout = PatienceMilliseconds)]
    public async Task Nothing_acknowledged_is_lost_by_cutting_the_connection_and_QoS_2_comes_once()
    {
        const int count = 400;
        await using var receiver = Subscriber("r", Highest);
        await ConnectedAsync(receiver, 1);
        var dialer = new CuttingDialer(Port);
        await using var sender = Kept("s", dialer);

        var tickets = new List<Task<PublishResult>>();
        for (var i = 0; i < count; i++)
        {
            tickets.Add(await sender.Client.PublishAsync(Message(Highest, i), TestContext.Current.CancellationToken));
            if (i % 100 == 50)
                dialer.Cut();
        }
        var results = await Task.WhenAll(tickets);

        Assert.True(sender.Ear.Connections.Count > 1, "the connection was never cut");
        Assert.True(results.All(result => result.Kind == PublishResultKind.Acknowledged),
            $"{results.Count(result => result.Kind != PublishResultKind.Acknowledged)} not acknowledged; connections {string.Join(' ', sender.Ear.Connections)}; ends {string.Join("; ", sender.Ear.Causes)}");
        await Ear.UntilAsync(() => receiver.Ear.Messages.Select(Number).Distinct().Count() == count, "all messages");
        if (Highest == QoS.ExactlyOnce)
            Assert.Equal(Enumerable.Range(0, count), receiver.Ear.Messages.Select(Number));
    }

    private async Task PublishAsync(RunningClient sender, QoS qos, IEnumerable<int> numbers)
    {
        var tickets = new List<Task<PublishResult>>();
        foreach (var number in numbers)
            tickets.Add(await sender.Client.PublishAsync(Message(qos, number), TestContext.Current.CancellationToken));
        Assert.DoesNotContain(await Task.WhenAll(tickets), result => result.Kind != PublishResultKind.Acknowledged);
    }

    private ApplicationMessage Message(QoS qos, int number)
    {
        var payload = new byte[100];
        BinaryPrimitives.WriteInt32BigEndian(payload, number);
        return new ApplicationMessage { Topic = Topic, QoS = qos, Payload = payload };
    }

    private static int Number(ApplicationMessage message) => BinaryPrimitives.ReadInt32BigEndian(message.Payload.Span);

    private RunningClient Subscriber(string role, QoS qos) =>
        new(Port, Options(role) with { Subscriptions = [new MqttSubscription(Topic, new SubscriptionOptions(qos))] });

    private RunningClient Kept(string role, IMqttDialer? dialer = null) => new(Port, Options(role), dialer: dialer);

    private MqttClientOptions Options(string role) => new()
    {
        ClientId = _name + role, Version = Version, CleanStart = false, SessionExpirySeconds = Version == MqttVersion.V5 ? 3600u : 0,
        // 3.1.1 has no Receive Maximum, but Mosquitto 2.0.11 cuts a client that has more than 20 publishes of QoS 2 unreleased.
        Window = Version == MqttVersion.V5 ? 256 : 20,
    };

    private static Task ConnectedAsync(RunningClient client, int times) =>
        Ear.UntilAsync(() => client.Ear.Connections.Count >= times, $"connection: {string.Join("; ", client.Ear.Causes)}");
}
