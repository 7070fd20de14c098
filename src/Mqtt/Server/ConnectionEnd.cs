using EdgeEnforcement.Mqtt.Sessions;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>Why a connection ends: what the client is told (5.0), what the broker is told, and a word for the counter. The first reason counts.</summary>
/// <param name="Tell">Success: DISCONNECT is not sent.</param>
/// <param name="Detail">Its Reason String. Every end that is told has one: paho-mqtt 1.6 does not read the reason of a DISCONNECT without properties.</param>
internal sealed record ConnectionEnd(string Name, ReasonCode Tell, CloseReason Close, string? Detail = null)
{
    public static readonly ConnectionEnd Left = new("disconnected", ReasonCode.Success, CloseReason.Disconnected);
    public static readonly ConnectionEnd LeftWithWill = new("disconnected_with_will", ReasonCode.Success, CloseReason.DisconnectedWithWill);
    public static readonly ConnectionEnd Lost = new("lost", ReasonCode.Success, CloseReason.ConnectionLost);
    public static readonly ConnectionEnd Silent = new("keep_alive", ReasonCode.KeepAliveTimeout, CloseReason.KeepAliveTimeout, "nothing came for one and a half times Keep Alive");
    public static readonly ConnectionEnd NoConnect = new("no_connect", ReasonCode.Success, CloseReason.ConnectionLost);
    public static readonly ConnectionEnd NotConnect = new("not_mqtt", ReasonCode.Success, CloseReason.ProtocolError);
    public static readonly ConnectionEnd ConnectRefused = new("connect_refused", ReasonCode.Success, CloseReason.Administrative);
    public static readonly ConnectionEnd TooMany = new("too_many", ReasonCode.Success, CloseReason.Administrative);
    public static readonly ConnectionEnd Stalled = new("never_reads", ReasonCode.Success, CloseReason.ConnectionLost);
    public static readonly ConnectionEnd TakenOver = new("taken_over", ReasonCode.SessionTakenOver, CloseReason.TakenOver, "another connection came with this client id");
    public static readonly ConnectionEnd ShuttingDown = new("shutdown", ReasonCode.ServerShuttingDown, CloseReason.ServerShutdown, "the server ends");

    /// <summary>Something of ours failed: what was read may or may not be kept, and is not acknowledged.</summary>
    public static readonly ConnectionEnd Failed = new("failed", ReasonCode.UnspecifiedError, CloseReason.Administrative, "the server failed");

    public static ConnectionEnd Violation(ReasonCode reason, string statement, string detail) =>
        new("violation", reason, CloseReason.ProtocolError, $"{detail} [{statement}]");

    /// <summary>On 3.1.1 there is no other way to say no to a PUBLISH.</summary>
    public static ConnectionEnd Refused(ReasonCode reason, string? detail) => new("refused", reason, CloseReason.Administrative, detail);
}
