namespace EdgeEnforcement.EdgeAgent.Sources.Framing;

/// What a parser found at the beginning of its window.
/// <param name="Consumed">Bytes the status speaks of, from the window's first on; 0 with NeedMore.</param>
/// <param name="Examined">Bytes looked at; a window that is as long as the limit and needs more is garbage.</param>
/// <param name="Reason">Stable name of what is wrong with garbage ("wrong-crc"); empty otherwise.</param>
internal readonly record struct FrameScan(FrameStatus Status, int Consumed, int Examined, string Reason = "")
{
    public static FrameScan NeedMore(int examined) => new(FrameStatus.NeedMore, 0, examined);

    public static FrameScan Frame(int length) => new(FrameStatus.Frame, length, length);

    public static FrameScan Garbage(int length, string reason) => new(FrameStatus.Garbage, length, length, reason);
}
