namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>The PUBLISH packets of one connection, counted from 0 and through all of its runs.</summary>
internal interface ILoadMessages
{
    /// <summary>No packet is larger.</summary>
    int MaximumLength { get; }

    /// <summary>Returns the packet's length.</summary>
    int Write(long number, Span<byte> target, ushort packetId, long stamp);
}
