using System.Text;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Tests.Codec;

/// <summary>Valid packets of every kind with random contents; the same random source gives the same packets.</summary>
internal sealed class PacketMaker(Random random)
{
    private static readonly string[] Texts = ["", "a", "river/1", "河长制", "\uFEFFx", "🚤", "e\u0301", new('x', 127), new('y', 128), new('z', 300)];
    private static readonly string[] Topics = ["a", "/", "ee/v1/dock-1/up", "$SYS/x", "河/道", "a//b", new('t', 200)];
    private static readonly string[] Filters = ["#", "+", "+/+/#", "ee/v1/+/down", "a/b", "/", "$SYS/#", "河/+"];

    private static readonly ReasonCode[] Reasons = Enum.GetValues<ReasonCode>();

    /// <summary>One packet, the version it belongs to and the side that may send it.</summary>
    public (object Packet, MqttVersion Version, PacketSender Sender) Next()
    {
        var version = random.Next(3) == 0 ? MqttVersion.V311 : MqttVersion.V5;
        var is5 = version == MqttVersion.V5;
        return random.Next(15) switch
        {
            0 => (Connect(version), version, PacketSender.Client),
            1 => (Connack(version), version, PacketSender.Server),
            2 or 3 => (Publish(is5, fromServer: false), version, PacketSender.Client),
            4 => (Publish(is5, fromServer: true), version, PacketSender.Server),
            5 => (Ack(PacketType.Puback, is5), version, PacketSender.Client),
            6 => (Ack(PacketType.Pubrec, is5), version, PacketSender.Server),
            7 => (Ack(PacketType.Pubrel, is5), version, PacketSender.Client),
            8 => (Ack(PacketType.Pubcomp, is5), version, PacketSender.Server),
            9 => (Subscribe(is5), version, PacketSender.Client),
            10 => (Suback(is5), version, PacketSender.Server),
            11 => (new UnsubscribePacket(PacketId(), List(Filter, atLeast: 1)) { UserProperties = Users(is5) }, version, PacketSender.Client),
            12 => (Unsuback(is5), version, PacketSender.Server),
            13 => (random.Next(2) == 0 ? PacketType.Pingreq : PacketType.Pingresp, version, PacketSender.Client),
            _ when is5 && random.Next(2) == 0 => (Auth(), version, PacketSender.Client),
            _ => Disconnect(version),
        };
    }

    private ConnectPacket Connect(MqttVersion version)
    {
        var is5 = version == MqttVersion.V5;
        var userName = Maybe(Text);
        var method = is5 ? Maybe(Text) : null;
        return new ConnectPacket
        {
            Version = version,
            ClientId = is5 ? Text() : "c" + Text(),
            CleanStart = Coin(),
            KeepAliveSeconds = (ushort)random.Next(65_536),
            UserName = userName,
            Password = is5 || userName is not null ? MaybeBytes() : null,
            Will = Coin() ? new WillMessage(Message(is5) with { ExpirySeconds = is5 ? Number() : null }, is5 && Coin() ? (uint)random.Next() : 0) : null,
            SessionExpirySeconds = is5 && Coin() ? uint.MaxValue - (uint)random.Next(3) : 0,
            ReceiveMaximum = is5 && Coin() ? (ushort)random.Next(1, 65_536) : ushort.MaxValue,
            MaximumPacketBytes = is5 ? Number() | 1 : null,
            TopicAliasMaximum = is5 && Coin() ? (ushort)random.Next(65_536) : (ushort)0,
            RequestResponseInformation = is5 && Coin(),
            RequestProblemInformation = !is5 || Coin(),
            UserProperties = Users(is5),
            AuthenticationMethod = method,
            AuthenticationData = method is not null ? MaybeBytes() : null,
        };
    }

    private ConnackPacket Connack(MqttVersion version)
    {
        if (version == MqttVersion.V311)
        {
            ConnackReturnCode.TryReason((byte)random.Next(6), out var code);
            return new ConnackPacket { Reason = code, SessionPresent = code == ReasonCode.Success && Coin() };
        }

        var reason = Reason(ReasonTable.IsInConnack);
        return new ConnackPacket
        {
            Reason = reason,
            SessionPresent = reason == ReasonCode.Success && Coin(),
            SessionExpirySeconds = Number(),
            ReceiveMaximum = Coin() ? (ushort)random.Next(1, 65_536) : ushort.MaxValue,
            MaximumQoS = (QoS)random.Next(3),
            RetainAvailable = Coin(),
            MaximumPacketBytes = Number() | 1,
            AssignedClientId = Maybe(Text),
            TopicAliasMaximum = (ushort)(Coin() ? 0 : random.Next(65_536)),
            ReasonString = Maybe(Text),
            UserProperties = Users(true),
            WildcardSubscriptionsAvailable = Coin(),
            SubscriptionIdentifiersAvailable = Coin(),
            SharedSubscriptionsAvailable = Coin(),
            ServerKeepAliveSeconds = Coin() ? (ushort)random.Next(65_536) : null,
            ResponseInformation = Maybe(Text),
            ServerReference = Maybe(Text),
            AuthenticationMethod = Maybe(Text),
            AuthenticationData = MaybeBytes(),
        };
    }

    private PublishCopy Publish(bool is5, bool fromServer)
    {
        var message = Message(is5);
        var expiry = is5 ? Number() : null;
        var alias = is5 && Coin() ? (ushort)random.Next(1, 65_536) : (ushort)0;
        var omit = alias != 0 && Coin();
        var form = new PublishForm(message.QoS, message.Retain, message.QoS != QoS.AtMostOnce && Coin(), message.QoS == QoS.AtMostOnce ? (ushort)0 : PacketId())
        {
            TopicAlias = alias,
            OmitTopic = omit,
            ExpirySeconds = expiry,
            SubscriptionIdentifiers = is5 && fromServer ? List(() => (uint)random.Next(1, 1 << random.Next(1, 29)), atLeast: 0) : [],
        };
        return new PublishCopy(message with { Topic = omit ? "" : message.Topic, ExpirySeconds = expiry }, form);
    }

    private AckPacket Ack(PacketType type, bool is5) => is5
        ? new(type, PacketId(), Reason(reason => ReasonTable.IsInAck(type, reason)), Maybe(Text), Coin() ? null : List(User, atLeast: 1))
        : new(type, PacketId());

    private SubscribePacket Subscribe(bool is5) => new(PacketId(), List(() => Entry(is5), atLeast: 1))
    {
        SubscriptionIdentifier = is5 && Coin() ? (uint)random.Next(1, 1 << random.Next(1, 29)) : null,
        UserProperties = Users(is5),
    };

    private SubscribeEntry Entry(bool is5)
    {
        var isShared = is5 && random.Next(4) == 0;
        var options = new SubscriptionOptions((QoS)random.Next(3), is5 && !isShared && Coin(), is5 && Coin(), (RetainHandling)(is5 ? random.Next(3) : 0));
        return new SubscribeEntry((isShared ? "$share/组/" : "") + Filter(), options);
    }

    private SubackPacket Suback(bool is5) => is5
        ? new(PacketId(), List(() => Reason(ReasonTable.IsInSuback), atLeast: 1)) { ReasonString = Maybe(Text), UserProperties = Users(true) }
        : new(PacketId(), List(() => (ReasonCode)(random.Next(4) is var code and < 3 ? code : 0x80), atLeast: 1));

    private UnsubackPacket Unsuback(bool is5) => is5
        ? new(PacketId(), List(() => Reason(ReasonTable.IsInUnsuback), atLeast: 1)) { ReasonString = Maybe(Text), UserProperties = Users(true) }
        : new(PacketId(), []);

    private AuthPacket Auth() => new(Reason(ReasonTable.IsInAuth))
    {
        AuthenticationMethod = Text(),
        AuthenticationData = MaybeBytes(),
        ReasonString = Maybe(Text),
        UserProperties = Users(true),
    };

    private (object, MqttVersion, PacketSender) Disconnect(MqttVersion version)
    {
        var sender = Coin() ? PacketSender.Client : PacketSender.Server;
        if (version == MqttVersion.V311)
            return (new DisconnectPacket(), version, PacketSender.Client);
        var packet = new DisconnectPacket(Reason(reason => ReasonTable.IsInDisconnect(sender, reason)))
        {
            SessionExpirySeconds = sender == PacketSender.Client ? Number() : null,
            ReasonString = Maybe(Text),
            ServerReference = sender == PacketSender.Server ? Maybe(Text) : null,
            UserProperties = Users(true),
        };
        return (packet, version, sender);
    }

    private ApplicationMessage Message(bool is5) => new()
    {
        Topic = Topics[random.Next(Topics.Length)],
        QoS = (QoS)random.Next(3),
        Retain = Coin(),
        Payload = Bytes(),
        IsText = is5 && Coin(),
        ContentType = is5 ? Maybe(Text) : null,
        ResponseTopic = is5 && Coin() ? Topics[random.Next(Topics.Length)] : null,
        CorrelationData = is5 ? MaybeBytes() : null,
        UserProperties = Users(is5),
    };

    private ReasonCode Reason(Func<ReasonCode, bool> isAllowed)
    {
        while (true)
        {
            var reason = Reasons[random.Next(Reasons.Length)];
            if (isAllowed(reason))
                return reason;
        }
    }

    private string Text()
    {
        if (Coin())
            return Texts[random.Next(Texts.Length)];
        var text = new StringBuilder();
        for (var i = random.Next(12); i > 0; i--)
        {
            var point = random.Next(1, 0x110000 - 0x800);
            text.Append(char.ConvertFromUtf32(point >= 0xD800 ? point + 0x800 : point));
        }

        return text.ToString();
    }

    private string Filter() => Filters[random.Next(Filters.Length)];

    private UserProperty User() => new(Text(), Text());

    private List<UserProperty> Users(bool is5) => is5 ? List(User, atLeast: 0) : [];

    private List<T> List<T>(Func<T> make, int atLeast) => [.. Enumerable.Range(0, atLeast + (Coin() ? 0 : random.Next(4))).Select(_ => make())];

    private string? Maybe(Func<string> make) => Coin() ? make() : null;

    private ReadOnlyMemory<byte>? MaybeBytes() => Coin() ? Bytes() : null;

    private ReadOnlyMemory<byte> Bytes()
    {
        var bytes = new byte[random.Next(4) == 0 ? random.Next(600) : random.Next(20)];
        random.NextBytes(bytes);
        return bytes;
    }

    private uint? Number() => Coin() ? (uint)random.Next() : null;

    private ushort PacketId() => (ushort)random.Next(1, 65_536);

    private bool Coin() => random.Next(2) == 0;
}
