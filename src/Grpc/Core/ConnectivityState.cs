namespace Grpc.Core;

/// <summary>What a channel's connection does.</summary>
public enum ConnectivityState
{
    /// <summary>There is none; the next call opens one.</summary>
    Idle,

    /// <summary>One is being opened.</summary>
    Connecting,

    /// <summary>One is open.</summary>
    Ready,

    /// <summary>Opening failed; it is tried again.</summary>
    TransientFailure,

    /// <summary>The channel was disposed.</summary>
    Shutdown,
}
