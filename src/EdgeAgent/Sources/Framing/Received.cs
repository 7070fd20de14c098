namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

/// What a link gave: one frame whole, or a stretch of bytes that are no frame.
/// <param name="Bytes">Owned by who receives it. Of garbage the first FrameReader.GarbageSampleBytes at most.</param>
/// <param name="Length">Bytes received; more than Bytes holds where garbage is long.</param>
/// <param name="Reason">What is wrong with garbage, by the name of its first fault.</param>
/// <param name="At">Agent clock, when the last byte was there.</param>
internal readonly record struct Received(ReceivedKind Kind, byte[] Bytes, long Length, string Reason, DateTimeOffset At);
