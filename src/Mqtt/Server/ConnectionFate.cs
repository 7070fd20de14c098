using System.IO.Pipelines;
using EdgeEnforcement.Mqtt.Codec;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>Whether a connection goes on, and why not. Anyone may end it, on any thread; the first reason counts and the reading loop is woken.</summary>
internal sealed class ConnectionFate(PipeReader input)
{
    private ConnectionEnd? _end;

    public bool IsEnding => Volatile.Read(ref _end) is not null;

    public ConnectionEnd? Why => Volatile.Read(ref _end);

    public void End(ConnectionEnd why)
    {
        if (Interlocked.CompareExchange(ref _end, why, null) is null)
            input.CancelPendingRead();
    }

    public void End(in ProtocolViolation violation) =>
        End(ConnectionEnd.Violation(violation.Reason, violation.Statement, violation.Detail));
}
