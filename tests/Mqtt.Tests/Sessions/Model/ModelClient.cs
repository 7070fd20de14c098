using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Tests.Sessions.Model;

/// <summary>
/// A client as the specification wants it: what it keeps survives everything that happens to the broker. It repeats what was not
/// answered on every new connection, in order, and takes a QoS 2 packet id once until it is released. With a clean start it lets go of all that.
/// </summary>
internal sealed class ModelClient(SessionModel model, string name, MqttVersion version, ModelLife life = ModelLife.Persistent)
{
    // A message that is retained comes by its PUBLISH alone: what it may bring at SUBSCRIBE is looked at by itself.
    private static readonly SubscriptionOptions Options = new(QoS.ExactlyOnce, RetainHandling: RetainHandling.DoNotSend);

    private readonly List<ModelPublish> _unfinished = [];
    private readonly HashSet<ushort> _held = [];
    private readonly Dictionary<string, bool?> _subscriptions = [];
    private readonly Dictionary<string, int> _subscribedAt = [];
    private Task<PublishOutcome>? _slowed;
    private ushort _lastId;
    private int _sequence;
    private bool _hasSession;
    private bool _mustBeginAnew;
    private int _willCount;

    public string Name => name;

    public ModelLife Life => life;

    public bool IsV5 => version == MqttVersion.V5;

    public ModelLink? Link { get; private set; }

    public SessionHandle? Handle { get; private set; }

    /// What its application was given, in order.
    public List<string> Effects { get; } = [];

    public bool IsConnected => Handle is not null;

    public bool IsSlowed => _slowed is not null;

    public bool IsFinished => _unfinished.Count == 0 && Link is not { HasEvents: true };

    /// Null: it was asked for and not answered.
    public bool? IsSubscribed(string filter) => _subscriptions.TryGetValue(filter, out var known) ? known : false;

    /// It is, and was already at that moment, without a break.
    public bool IsSubscribedSince(string filter, int moment) => IsSubscribed(filter) == true && _subscribedAt[filter] < moment;

    public void Forget()
    {
        (Handle, Link, _slowed) = (null, null, null);
    }

    /// <param name="isClean">With what the session held it lets go of what it knows of it; subscriptions are asked for anew.</param>
    /// <param name="willDelay">Null: no will.</param>
    public async Task ConnectAsync(bool isClean = false, uint? willDelay = null)
    {
        // Who let go of what he knew and got no answer may still have a session there that knows it.
        isClean |= life == ModelLife.Fleeting || _mustBeginAnew;
        var (link, before) = (new ModelLink(model.Now), model.Wills.Take(this));
        Forget();
        if (isClean)
            Discard();
        var will = willDelay is { } delay ? new ModelWill($"{name}/{ModelWills.Topic}/2/{++_willCount}", QoS.ExactlyOnce, delay) : null;
        if (will is not null)
            model.Trying(will);
        var opened = await model.Broker.OpenAsync(RequestOf(isClean, will), link, default);
        Assert.True(opened.IsPresent ? !isClean : isClean || !_hasSession, $"the session of {name} is {(opened.IsPresent ? "there" : "gone")}");
        (_hasSession, _mustBeginAnew) = (true, false);
        model.Wills.CameBack(before, isClean);
        if (will is not null)
            model.Wills.Armed(this, will);
        Assert.All(_unfinished.Where(p => p is { IsTaken: true, IsReleaseTried: false }), p => Assert.Contains(p.PacketId, opened.Received));
        (Handle, Link) = (opened.Session, link);
        await ReadyAsync();
        await RepeatAsync();
    }

    private SessionRequest RequestOf(bool isClean, ModelWill? will) => new()
    {
        ClientId = name,
        Version = version,
        CleanStart = isClean,
        ExpirySeconds = life == ModelLife.Fleeting ? 0 : uint.MaxValue,
        ReceiveMaximum = 4,
        Will = will is null ? null : new WillMessage(BrokerFixture.Message(ModelWills.Topic, will.Text, will.QoS), will.DelaySeconds),
    };

    private void Discard()
    {
        model.Discarding(this);
        _unfinished.Clear();
        _held.Clear();
        (_hasSession, _mustBeginAnew) = (false, true);
        foreach (var filter in _subscriptions.Keys.ToList())
            _subscriptions[filter] = null;
    }

    /// Settled, so that what comes next is a group of its own: the calls of the disk come in one order.
    public async Task ReadyAsync()
    {
        await model.Broker.ReadyAsync(Handle!, default);
        await model.SettleAsync();
    }

    private async Task RepeatAsync()
    {
        foreach (var (filter, isSubscribed) in _subscriptions.ToList())
            if (isSubscribed is null)
                await SubscribeAsync(filter);
        foreach (var publish in _unfinished.ToList())
        {
            if (publish.IsTaken)
                await ReleaseAsync(publish);
            else
                await SendAsync(publish);
            if (!IsConnected || IsSlowed)
                return;
        }
    }

    public async Task CloseAsync(CloseReason why)
    {
        var (handle, will) = (Handle!, model.Wills.Take(this));
        Forget();
        await model.Broker.CloseAsync(handle, why, null);
        if (why == CloseReason.Disconnected)
            model.Wills.TookLeave(will);
        else
            model.Wills.WasLost(this, will);
    }

    public async Task SubscribeAsync(string filter)
    {
        _subscriptions[filter] = null;
        var codes = await model.Broker.SubscribeAsync(Handle!, [new SubscriptionRequest(filter, Options)], default);
        Assert.Equal([ReasonCode.GrantedQoS2], codes);
        _subscribedAt[filter] = model.NextMoment();
        _subscriptions[filter] = true;
    }

    public async Task UnsubscribeAsync(string filter)
    {
        _subscriptions[filter] = null;
        await model.Broker.UnsubscribeAsync(Handle!, [filter], default);
        _subscriptions[filter] = false;
    }

    public Task PublishAsync(string topic, QoS qos, bool retain = false, uint? expiry = null)
    {
        var publish = new ModelPublish(topic, $"{name}/{topic}/{(int)qos}/{++_sequence}", qos, NextId(), retain, expiry);
        _unfinished.Add(publish);
        return SendAsync(publish);
    }

    private ushort NextId()
    {
        do
            _lastId = (ushort)((_lastId % 200) + 1); // comes round soon
        while (_unfinished.Any(p => p.PacketId == _lastId));
        return _lastId;
    }

    private async Task SendAsync(ModelPublish publish)
    {
        publish.Attempts++;
        model.Trying(publish);
        var message = BrokerFixture.Message(publish.Topic, publish.Text, publish.QoS, publish.Retain, publish.ExpirySeconds);
        var sent = model.Broker.PublishAsync(Handle, message, publish.QoS == QoS.ExactlyOnce ? publish.PacketId : (ushort)0, default).AsTask();
        await model.SettleAsync();
        if (!sent.IsCompleted)
            _slowed = sent;
        else
            Take(publish, await sent, isAtOnce: publish.Attempts == 1);
    }

    /// A 3.1.1 publish waits for room; what came of it meanwhile.
    public async Task LookAtSlowedAsync()
    {
        if (_slowed is not { IsCompleted: true } done)
            return;
        _slowed = null;
        var publish = _unfinished.First(p => !p.IsTaken);
        Take(publish, await done, isAtOnce: false);
        if (IsConnected)
            await RepeatAsync();
    }

    private void Take(ModelPublish publish, PublishOutcome outcome, bool isAtOnce)
    {
        if (outcome.Reason == ReasonCode.QuotaExceeded)
        {
            model.Refused(publish);
            _unfinished.Remove(publish);
            return;
        }
        Assert.True(outcome.Reason is ReasonCode.Success or ReasonCode.NoMatchingSubscribers, $"{publish.Text}: {outcome.Reason}");
        model.Acknowledged(publish, isAtOnce);
        if (publish.QoS == QoS.ExactlyOnce)
            publish.IsTaken = true;
        else
            _unfinished.Remove(publish);
    }

    public Task ReleaseOneAsync() =>
        _unfinished.FirstOrDefault(p => p.IsTaken) is { } publish ? ReleaseAsync(publish) : Task.CompletedTask;

    private async Task ReleaseAsync(ModelPublish publish)
    {
        var wasTried = publish.IsReleaseTried;
        publish.IsReleaseTried = true;
        var reason = await model.Broker.ReleaseAsync(Handle!, publish.PacketId, default);
        Assert.True(reason == ReasonCode.Success || wasTried, $"{publish.Text}: release gives {reason}");
        _unfinished.Remove(publish);
    }

    /// Handles the next thing the broker sent, as its application and the protocol demand.
    public async Task ReceiveOneAsync()
    {
        if (Link is not { } link || !link.TryTake(out var next))
            return;
        if (next.Delivery is not { } delivery)
        {
            _held.Remove(next.Released);
            await model.Broker.AnsweredAsync(Handle!, next.Released, AnswerKind.Pubcomp, ReasonCode.Success, default);
        }
        else if (!delivery.IsDuplicate && !model.IsFresh(delivery, next.At))
        {
            Assert.Fail($"{name} is sent {TestClient.TextOf(delivery)} at {next.At}, when it is over");
        }
        else if (delivery.QoS == QoS.AtLeastOnce)
        {
            Effects.Add(TestClient.TextOf(delivery));
            await model.Broker.AnsweredAsync(Handle!, delivery.PacketId, AnswerKind.Puback, ReasonCode.Success, default);
        }
        else
        {
            if (_held.Add(delivery.PacketId))
                Effects.Add(TestClient.TextOf(delivery));
            await model.Broker.AnsweredAsync(Handle!, delivery.PacketId, AnswerKind.Pubrec, ReasonCode.Success, default);
        }
        await model.SettleAsync();
    }
}
