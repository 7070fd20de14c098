namespace Grpc.Core;

/// <summary>Wishes for one write.</summary>
[Flags]
public enum WriteFlags
{
    /// <summary>More follows at once: the message may wait in the buffer for the next write.</summary>
    BufferHint = 0x1,

    /// <summary>Do not compress this message.</summary>
    NoCompress = 0x2,
}
