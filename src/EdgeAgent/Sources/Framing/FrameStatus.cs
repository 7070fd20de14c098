namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

internal enum FrameStatus
{
    /// Nothing can be said before more bytes are there.
    NeedMore,

    /// The first Consumed bytes are one frame.
    Frame,

    /// The first Consumed bytes belong to no frame; they are counted and a sample is kept.
    Garbage,

    /// The first Consumed bytes mean nothing and are nobody's fault (line ends between frames).
    Padding,
}
