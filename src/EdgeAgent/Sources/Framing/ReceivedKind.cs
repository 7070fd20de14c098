namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

internal enum ReceivedKind
{
    Frame,
    Garbage,

    /// Interrupt was called: the session has something to do by the clock.
    Interrupted,

    /// The other side sends no more.
    End,
}
