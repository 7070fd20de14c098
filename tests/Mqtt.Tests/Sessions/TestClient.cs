using System.Collections.Concurrent;
using System.Text;
using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

/// A connection without a wire: what the broker hands out is kept, and answered when the test says so.
internal sealed class TestClient(BrokerFixture fixture) : ISessionLink
{
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<Delivery> _deliveries = new();
    private readonly ConcurrentQueue<(ushort Id, ReasonCode Reason)> _releases = new();

    public SessionOpened Opened { get; set; } = new() { Reason = ReasonCode.UnspecifiedError };

    public SessionHandle Session => Opened.Session ?? throw new InvalidOperationException($"Refused: {Opened.Reason}");

    public bool IsBusy { get; set; }

    public bool WasTakenOver { get; private set; }

    public TimeSpan SilentFor { get; set; }

    public Task Drained => _drained.Task;

    /// Completes Drained on a take-over, as a connection without work does.
    public bool DrainsAtOnce { get; set; } = true;

    /// Answers everything at once, on the broker's thread.
    public bool AnswersAll { get; init; }

    public IReadOnlyList<Delivery> Deliveries => [.. _deliveries];

    public IReadOnlyList<(ushort Id, ReasonCode Reason)> Releases => [.. _releases];

    public IReadOnlyList<string> Texts => [.. _deliveries.Select(TextOf)];

    private Broker Broker => fixture.Broker;

    public static string TextOf(Delivery delivery) => Encoding.UTF8.GetString(delivery.Message.Payload.Span);

    public void Deliver(in Delivery delivery)
    {
        _deliveries.Enqueue(delivery);
        if (AnswersAll && delivery.QoS > QoS.AtMostOnce)
            Answer(delivery.PacketId, delivery.QoS == QoS.AtLeastOnce ? AnswerKind.Puback : AnswerKind.Pubrec);
    }

    public void Release(ushort packetId, ReasonCode reason)
    {
        _releases.Enqueue((packetId, reason));
        if (AnswersAll)
            Answer(packetId, AnswerKind.Pubcomp);
    }

    // The queue of the tests is never full, so this is done when it returns.
    private void Answer(ushort packetId, AnswerKind kind) =>
        Assert.True(Broker.AnsweredAsync(Session, packetId, kind, ReasonCode.Success, default).AsTask().IsCompletedSuccessfully);

    public void TakenOver()
    {
        WasTakenOver = true;
        if (DrainsAtOnce)
            Drain();
    }

    public void Drain() => _drained.TrySetResult();

    public void Forget()
    {
        _deliveries.Clear();
        _releases.Clear();
    }

    public async Task<ReasonCode> SubscribeAsync(
        string filter, QoS qos = QoS.ExactlyOnce, uint identifier = 0, bool noLocal = false, bool asPublished = false,
        RetainHandling handling = RetainHandling.SendAtSubscribe)
    {
        var codes = await Broker.SubscribeAsync(
            Session, [new SubscriptionRequest(filter, new SubscriptionOptions(qos, noLocal, asPublished, handling), identifier)], default);
        await fixture.SettleAsync();
        return Assert.Single(codes);
    }

    public async Task<ReasonCode> UnsubscribeAsync(string filter) => Assert.Single(await Broker.UnsubscribeAsync(Session, [filter], default));

    /// Not settled: the outcome alone.
    public ValueTask<PublishOutcome> PublishAsync(string topic, string text, QoS qos = QoS.AtLeastOnce, ushort packetId = 1, bool retain = false) =>
        Broker.PublishAsync(Session, BrokerFixture.Message(topic, text, qos, retain), qos == QoS.ExactlyOnce ? packetId : (ushort)0, default);

    public async Task AnswerAsync(ushort packetId, AnswerKind kind, ReasonCode reason = ReasonCode.Success)
    {
        await Broker.AnsweredAsync(Session, packetId, kind, reason, default);
        await fixture.SettleAsync();
    }

    public async Task<ReasonCode> ReleaseAsync(ushort packetId) => await Broker.ReleaseAsync(Session, packetId, default);

    public async Task ReadyAsync()
    {
        IsBusy = false;
        await Broker.ReadyAsync(Session, default);
        await fixture.SettleAsync();
    }

    public async Task CloseAsync(CloseReason why = CloseReason.ConnectionLost, uint? newExpiry = null)
    {
        await Broker.CloseAsync(Session, why, newExpiry);
        await fixture.SettleAsync();
    }
}
