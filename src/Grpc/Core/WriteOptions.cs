namespace Grpc.Core;

/// <summary>How messages of a stream are written.</summary>
public class WriteOptions
{
    /// <summary>Each message is flushed.</summary>
    public static readonly WriteOptions Default = new();

    /// <summary>Options with flags.</summary>
    public WriteOptions(WriteFlags flags = default) => Flags = flags;

    /// <summary>The flags.</summary>
    public WriteFlags Flags { get; }
}
