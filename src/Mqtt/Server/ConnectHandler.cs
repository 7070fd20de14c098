using System.IO.Pipelines;
using System.Security.Cryptography;
using EdgeEnforcement.Mqtt.Codec;
using EdgeEnforcement.Mqtt.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>
/// The first packet of a connection, until its session is open: who it is, whether he may, which terms. What it says to the client goes out as
/// CONNACK; a first packet that is not a CONNECT, or is none of ours, gets no answer [MQTT5-3.1.0-1] [MQTT5-3.1.4-1].
/// </summary>
internal sealed class ConnectHandler(MqttServerParts parts, ConnectionContext connection, ConnectionFate fate, bool hasRoom)
{
    // Before anyone has said who he is. Client id, user, password, will topic and payload of 64 KB each do not come together in the field.
    private const int LargestConnectBytes = 160 << 10;

    /// <summary>CONNACK to be sent, with terms if it says yes; null if there is nothing to say.</summary>
    public async ValueTask<ConnectReply?> RunAsync(MqttConnection link, CancellationToken cancellation)
    {
        var (connect, refusal) = await ReadAsync(connection.Transport.Input);
        if (connect is null)
            return refusal;
        if (!hasRoom)
        {
            fate.End(ConnectionEnd.TooMany);
            return Refuse(connect.Version, connect.ClientId, ReasonCode.QuotaExceeded);
        }
        var isAssigned = connect.ClientId.Length == 0;
        if (isAssigned && connect.Version == MqttVersion.V311 && !connect.CleanStart)
            return Refuse(connect.Version, "", ReasonCode.ClientIdentifierNotValid); // [MQTT3-3.1.3-8]
        if (isAssigned)
            connect = connect with { ClientId = AssignClientId() };
        if (connect.AuthenticationMethod is not null)
            return Refuse(connect.Version, connect.ClientId, ReasonCode.BadAuthenticationMethod);

        var request = new ConnectRequest(
            connect.ClientId, isAssigned, connection.RemoteEndPoint,
            connection.Features.Get<ITlsConnectionFeature>()?.ClientCertificate, connect.UserName, connect.Password);
        var decision = parts.Access.Connect(request);
        if (decision.Peer is not { } peer)
            return Refuse(connect.Version, connect.ClientId, decision.Reason);
        if (connect.Will is { } will && !parts.Access.MayPublish(peer, will.Message.Topic))
            return Refuse(connect.Version, connect.ClientId, ReasonCode.NotAuthorized);

        var opened = await parts.Broker.OpenAsync(RequestOf(connect, peer), link, cancellation);
        if (opened.Session is not { } session)
            return Refuse(connect.Version, connect.ClientId, opened.Reason);
        parts.Log.ClientConnected(connect.ClientId, connection.RemoteEndPoint, connect.Version, opened.IsPresent);
        return Accept(connect, isAssigned, peer, session, opened);
    }

    private async ValueTask<(ConnectPacket? Packet, ConnectReply? Refusal)> ReadAsync(PipeReader input)
    {
        var limit = Math.Min(LargestConnectBytes, parts.Options.MaximumPacketBytes);
        while (true)
        {
            var result = await input.ReadAsync();
            var buffer = result.Buffer;
            var status = PacketReader.TryRead(buffer, MqttVersion.V5, limit, out var frame, out var violation);
            if (!fate.IsEnding && status == FrameStatus.Frame && frame.Type == PacketType.Connect)
            {
                var isGood = ConnectParser.TryParse(frame, out var packet, out var answerIn, out violation);
                input.AdvanceTo(frame.End);
                return isGood ? (packet, null) : (null, RefuseBad(answerIn, violation));
            }
            input.AdvanceTo(buffer.Start, buffer.End);
            if (status != FrameStatus.NeedMore)
                fate.End(ConnectionEnd.NotConnect);
            if (result.IsCompleted)
                fate.End(ConnectionEnd.Lost);
            if (fate.IsEnding)
                return default;
        }
    }

    /// A CONNECT that breaks a rule: answered where the rule allows it, and on 3.1.1 where there is a return code for it.
    private ConnectReply? RefuseBad(MqttVersion answerIn, in ProtocolViolation violation)
    {
        fate.End(violation);
        return answerIn == MqttVersion.V5 || violation.Reason is ReasonCode.UnsupportedProtocolVersion or ReasonCode.ClientIdentifierNotValid
            ? Refuse(answerIn, "", violation.Reason)
            : null;
    }

    private ConnectReply Refuse(MqttVersion version, string clientId, ReasonCode reason)
    {
        parts.Metrics.ConnectRefused(reason);
        parts.Log.ConnectRefused(clientId, connection.RemoteEndPoint, reason);
        fate.End(ConnectionEnd.ConnectRefused);
        return new ConnectReply(version, new ConnackPacket { Reason = reason }, null);
    }

    private static string AssignClientId() => "assigned-" + RandomNumberGenerator.GetHexString(24, lowercase: true);

    private SessionRequest RequestOf(ConnectPacket connect, MqttPeer peer) => new()
    {
        ClientId = connect.ClientId,
        Version = connect.Version,
        CleanStart = connect.CleanStart,
        ExpirySeconds = ExpiryOf(connect),
        ReceiveMaximum = connect.ReceiveMaximum,
        Will = connect.Will,
        KeepAliveSeconds = IsKeepAliveOurs(connect) ? parts.Options.MaximumKeepAliveSeconds : connect.KeepAliveSeconds,
        Gateway = peer.Gateway,
    };

    /// On 3.1.1 the client's word cannot be changed.
    private bool IsKeepAliveOurs(ConnectPacket connect) => connect.Version == MqttVersion.V5
        && (connect.KeepAliveSeconds == 0 || connect.KeepAliveSeconds > parts.Options.MaximumKeepAliveSeconds);

    private static uint ExpiryOf(ConnectPacket connect) =>
        connect.Version == MqttVersion.V5 ? connect.SessionExpirySeconds : connect.CleanStart ? 0 : uint.MaxValue;

    private ConnectReply Accept(ConnectPacket connect, bool isAssigned, MqttPeer peer, SessionHandle session, SessionOpened opened)
    {
        var options = parts.Options;
        var terms = new ConnectionTerms(connect.Version, peer, session, opened.Received)
        {
            OutgoingLimitBytes = connect.PacketLimitBytes,
            TellsProblems = connect.RequestProblemInformation,
            OutgoingAliasMaximum = Math.Min(connect.TopicAliasMaximum, options.OutgoingTopicAliasMaximum),
            AskedExpirySeconds = ExpiryOf(connect),
            KeepAliveSeconds = connect.KeepAliveSeconds,
        };
        var connack = new ConnackPacket { Reason = ReasonCode.Success, SessionPresent = opened.IsPresent };
        if (!terms.IsV5)
            return new ConnectReply(connect.Version, connack, terms);

        var isKeepAliveOurs = IsKeepAliveOurs(connect);
        if (isKeepAliveOurs)
            terms = terms with { KeepAliveSeconds = options.MaximumKeepAliveSeconds };
        connack = connack with
        {
            SessionExpirySeconds = opened.ExpirySeconds == connect.SessionExpirySeconds ? null : opened.ExpirySeconds,
            ReceiveMaximum = (ushort)options.WindowCount,
            MaximumPacketBytes = (uint)options.MaximumPacketBytes,
            TopicAliasMaximum = (ushort)options.TopicAliasMaximum,
            AssignedClientId = isAssigned ? connect.ClientId : null,
            ServerKeepAliveSeconds = isKeepAliveOurs ? (ushort)options.MaximumKeepAliveSeconds : null,
            ResponseInformation = connect.RequestResponseInformation && options.ResponseInformation.Length > 0
                ? options.ResponseInformation.Replace("{client}", connect.ClientId, StringComparison.Ordinal)
                : null,
        };
        return new ConnectReply(connect.Version, connack, terms);
    }
}
