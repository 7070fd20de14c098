using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Client;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Uplink.Mqtt;

/// One MQTT connection and the calls on it. Requests go to `up` and `up/hello`, every answer comes on `down` and finds its call by its
/// correlation. An answer for nobody is one to an earlier connection's request: that record is sent again anyway.
internal sealed class MqttReportConnection : IReportConnection, IMqttListener
{
    private const string AnswerType = "application/vnd.edgeenforcement.report-response.v1+protobuf";

    private readonly string _up;
    private readonly MqttClient _client;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<MqttReportCall> _calls = [];
    private Task _run = Task.CompletedTask;

    public MqttReportConnection(string producer, IMqttDialer dialer, TimeSpan keepAlive, TimeSpan patience, TimeProvider time, Random random)
    {
        (_up, _patience, _time, _random) = ($"ee/v1/{producer}/up", patience, time, random);
        var options = new MqttClientOptions
        {
            ClientId = producer,
            Subscriptions = [new MqttSubscription($"ee/v1/{producer}/down", new SubscriptionOptions(QoS.AtLeastOnce))],
            KeepAlive = keepAlive,
            ConnectTimeout = patience,
        };
        _client = new MqttClient(options, dialer, this, time, random.NextDouble);
    }

    public async Task ConnectAsync(CancellationToken cancellation)
    {
        _run = RunAsync();
        await await Task.WhenAny(_connected.Task, _run).WaitAsync(cancellation);
    }

    public IReportCall Open(CancellationToken cancellation)
    {
        lock (_lock)
        {
            var call = new MqttReportCall(this, (ulong)_random.NextInt64(), _patience, _time);
            _calls.Add(call);
            if (_run.IsCompleted)
                call.Fail(_run.Exception?.InnerException ?? new TransientFaultException("The MQTT connection has ended."));
            return call;
        }
    }

    public ValueTask<Task<PublishResult>> PublishAsync(ReportRequest request, ulong correlation, CancellationToken cancellation)
    {
        if (request.MessageCase == ReportRequest.MessageOneofCase.Hello)
            request.Correlation = correlation;
        return _client.PublishAsync(
            new ApplicationMessage
            {
                Topic = request.MessageCase == ReportRequest.MessageOneofCase.Hello ? _up + "/hello" : _up,
                Payload = request.MessageCase == ReportRequest.MessageOneofCase.Hello ? request.ToByteArray() : request.Envelope.Memory,
                QoS = QoS.AtLeastOnce,
                CorrelationData = CorrelationBytes.Of(correlation),
            },
            cancellation);
    }

    public void Close(MqttReportCall call)
    {
        lock (_lock)
            _calls.Remove(call);
    }

    void IMqttListener.Connected(bool sessionPresent) => _connected.TrySetResult();

    /// Only a client that reconnects by itself calls it; this one is run once.
    void IMqttListener.Disconnected(DisconnectCause cause, TimeSpan wait)
    {
    }

    async ValueTask IMqttListener.TakeAsync(ApplicationMessage message, CancellationToken cancellation)
    {
        if (message.ContentType is { } type && type != AnswerType)
            return; // a command of a later version
        var answer = ReportResponse.Parser.ParseFrom(message.Payload.Span);
        MqttReportCall? call;
        lock (_lock)
            call = _calls.Find(c => c.Owns(answer.Correlation));
        if (call is not null)
            await call.TakeAsync(answer, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _run.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await _client.DisposeAsync();
        _end.Dispose();
    }

    private async Task RunAsync()
    {
        Exception fault = new TransientFaultException("The MQTT connection was closed.");
        try
        {
            await _client.RunOnceAsync(_end.Token);
        }
        catch (MqttDisconnectedException e)
        {
            fault = new TransientFaultException("MQTT: " + e.Cause);
            throw fault;
        }
        finally
        {
            lock (_lock)
                _calls.ForEach(call => call.Fail(fault));
        }
    }
}
