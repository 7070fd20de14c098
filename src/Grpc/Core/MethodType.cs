namespace Grpc.Core;

/// <summary>Which sides stream.</summary>
public enum MethodType
{
    /// <summary>One request, one response.</summary>
    Unary,

    /// <summary>Many requests, one response.</summary>
    ClientStreaming,

    /// <summary>One request, many responses.</summary>
    ServerStreaming,

    /// <summary>Both sides stream, independently.</summary>
    DuplexStreaming,
}
