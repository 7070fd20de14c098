namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

/// Finds frames of one protocol in bytes. Pure: no state, no waiting, no exception whatever the bytes.
internal interface IFrameParser
{
    /// Bytes of the longest frame that is taken. No window is longer: a length field above it is refused before its body is waited for.
    int LongestFrameBytes { get; }

    /// <param name="window">From the first byte that is not consumed yet; never empty.</param>
    /// <param name="isFinal">True when no more bytes will come: NeedMore then means that the rest is a torn frame.</param>
    FrameScan Scan(ReadOnlySpan<byte> window, bool isFinal);
}
