namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

/// What a protocol does with what comes over one link. Called by the link's one loop, never at the same time. While a call is not done
/// nothing more is read: that is the back-pressure, and it ends at the device.
internal interface IFrameHandler : IAsyncDisposable
{
    /// When TickAsync is wanted next; null: not at all.
    DateTimeOffset? Due { get; }

    /// Parse, store, reply: on return the frame is durable and, where it wants an answer, answered.
    ValueTask FrameAsync(Received frame, CancellationToken cancellation);

    ValueTask GarbageAsync(Received garbage, CancellationToken cancellation);

    ValueTask TickAsync(CancellationToken cancellation);

    /// The link is gone; what is still held is stored now.
    ValueTask EndAsync(CancellationToken cancellation);
}
