using System.Buffers.Binary;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Client;
using EdgeEnforcement.Testing.Servers;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Tests.Centre;

/// <summary>
/// The service's MQTT face: behind somebody else's broker, whose PUBACK says nothing of a ledger, a client that answers what comes on
/// <c>up</c> by what it sends on <c>down</c>.
/// </summary>
internal sealed class FakeMqttDoor : IMqttListener, IAsyncDisposable
{
    private static readonly SubscriptionOptions AtLeastOnce = new(QoS.AtLeastOnce);

    private readonly Mosquitto _broker = new();
    private readonly FakeCentre _centre;
    private readonly TaskCompletionSource _connected = new();
    private readonly CancellationTokenSource _end = new();
    private MqttClient? _client;
    private Task _run = Task.CompletedTask;

    private FakeMqttDoor(FakeCentre centre) => _centre = centre;

    public int Port => _broker.Port;

    public int Hellos;

    public int Records;

    /// <summary>Answers a hello by a refusal of this name.</summary>
    public string RefusesHello { get; set; } = "";

    public static async Task<FakeMqttDoor> StartAsync(FakeCentre centre)
    {
        var door = new FakeMqttDoor(centre);
        await door._broker.StartAsync(TestContext.Current.CancellationToken);
        var options = new MqttClientOptions
        {
            ClientId = "door", Subscriptions = [new MqttSubscription("ee/v1/+/up", AtLeastOnce), new MqttSubscription("ee/v1/+/up/hello", AtLeastOnce)],
        };
        door._client = new MqttClient(options, new TcpDialer("127.0.0.1", door.Port), door, TimeProvider.System, () => 0.5);
        door._run = door._client.RunAsync(door._end.Token);
        await door._connected.Task.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        return door;
    }

    public void Connected(bool sessionPresent) => _connected.TrySetResult();

    public void Disconnected(DisconnectCause cause, TimeSpan wait)
    {
    }

    public async ValueTask TakeAsync(ApplicationMessage message, CancellationToken cancellation)
    {
        var answer = message.Topic.EndsWith("/hello", StringComparison.Ordinal)
            ? Greet(ReportRequest.Parser.ParseFrom(message.Payload.Span))
            : Take(new ReportRequest
            {
                Envelope = ByteString.CopyFrom(message.Payload.Span),
                Correlation = BinaryPrimitives.ReadUInt64BigEndian(message.CorrelationData!.Value.Span),
            });
        if (answer is null)
            return;
        await _client!.PublishAsync(
            new ApplicationMessage
            {
                Topic = $"ee/v1/{message.Topic.Split('/')[2]}/down", Payload = answer.ToByteArray(), QoS = QoS.AtLeastOnce,
                ContentType = "application/vnd.edgeenforcement.report-response.v1+protobuf",
            },
            cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _run.ContinueWith(static _ => { }, TaskScheduler.Default);
        await _broker.DisposeAsync();
        _end.Dispose();
    }

    private ReportResponse Greet(ReportRequest request)
    {
        Interlocked.Increment(ref Hellos);
        var answer = RefusesHello.Length > 0
            ? new ReportResponse { Refusal = new Refusal { Name = RefusesHello, Detail = "by the test" } }
            : _centre.Answers.To(request.Hello);
        answer.Correlation = request.Correlation;
        return answer;
    }

    /// The record is in the ledger and its answer gets lost, where the test says so.
    private ReportResponse? Take(ReportRequest request)
    {
        Interlocked.Increment(ref Records);
        var answer = _centre.Answers.To(request);
        return _centre.Faults.DropsNow() ? null : answer;
    }
}
