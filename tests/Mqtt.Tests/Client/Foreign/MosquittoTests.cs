using EdgeEnforcement.Mqtt.Client;
using EdgeEnforcement.Testing.Servers;

namespace EdgeEnforcement.Mqtt.Tests.Client.Foreign;

public sealed class MosquittoTests
{
    public sealed class V311 : ForeignServerTests, IAsyncLifetime
    {
        private readonly Mosquitto _server = new();

        private protected override int Port => _server.Port;

        private protected override MqttVersion Version => MqttVersion.V311;

        private protected override QoS Highest => QoS.ExactlyOnce;

        public ValueTask InitializeAsync() => new(_server.StartAsync(TestContext.Current.CancellationToken));

        public ValueTask DisposeAsync() => _server.DisposeAsync();
    }

    public sealed class V5 : ForeignServerTests, IAsyncLifetime
    {
        private readonly Mosquitto _server = new();

        private protected override int Port => _server.Port;

        private protected override MqttVersion Version => MqttVersion.V5;

        private protected override QoS Highest => QoS.ExactlyOnce;

        public ValueTask InitializeAsync() => new(_server.StartAsync(TestContext.Current.CancellationToken));

        public ValueTask DisposeAsync() => _server.DisposeAsync();

        [Fact(Timeout = 120_000)]
        public async Task Properties_travel()
        {
            var subscription = new MqttSubscription("props", new SubscriptionOptions(QoS.AtLeastOnce));
            await using var client = new RunningClient(Port, new MqttClientOptions { ClientId = "props", Subscriptions = [subscription] });
            await Ear.UntilAsync(() => client.Ear.Connections.Count == 1, "the connection");
            var sent = new ApplicationMessage
            {
                Topic = "props", QoS = QoS.AtLeastOnce, Payload = "x"u8.ToArray(), IsText = true, ContentType = "text/plain", ResponseTopic = "back",
                CorrelationData = new byte[] { 1, 2, 3 }, UserProperties = [new UserProperty("a", "1"), new UserProperty("a", "2")],
            };

            await client.Client.PublishAsync(sent, TestContext.Current.CancellationToken);
            await Ear.UntilAsync(() => client.Ear.Messages.Count == 1, "the message");

            var came = client.Ear.Messages[0];
            Assert.Equal((true, "text/plain", "back"), (came.IsText, came.ContentType, came.ResponseTopic));
            Assert.Equal([1, 2, 3], came.CorrelationData!.Value.ToArray());
            Assert.Equal(sent.UserProperties, came.UserProperties);
        }
    }
}
