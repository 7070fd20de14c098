using Grpc.Framing;

namespace Grpc.AspNetCore.Server;

/// <summary>How services answer. Where a service has options of its own, what is set there wins.</summary>
public class GrpcServiceOptions
{
    private int? _maxReceiveMessageSize = GrpcProtocol.DefaultMaxReceiveBytes;
    private int? _maxSendMessageSize;

    /// <summary>Largest request message in bytes; 4 MiB unless set, null for no limit.</summary>
    public int? MaxReceiveMessageSize
    {
        get => _maxReceiveMessageSize;
        set
        {
            _maxReceiveMessageSize = value;
            IsMaxReceiveMessageSizeSet = true;
        }
    }

    /// <summary>Largest response message in bytes; no limit unless set.</summary>
    public int? MaxSendMessageSize
    {
        get => _maxSendMessageSize;
        set
        {
            _maxSendMessageSize = value;
            IsMaxSendMessageSizeSet = true;
        }
    }

    /// <summary>Tell the caller the exception of a failed call. For development: it gives away the inside.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>Leave calls of unknown services and methods to other endpoints instead of answering UNIMPLEMENTED.</summary>
    public bool? IgnoreUnknownServices { get; set; }

    /// <summary>Stand around every call, the first outermost.</summary>
    public InterceptorCollection Interceptors { get; } = [];

    internal bool IsMaxReceiveMessageSizeSet { get; private set; }

    internal bool IsMaxSendMessageSizeSet { get; private set; }
}
