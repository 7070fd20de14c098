namespace EdgeEnforcement.Mqtt.Codec;

internal enum FrameStatus
{
    /// <summary>Not a whole packet yet, and nothing wrong so far.</summary>
    NeedMore,
    Frame,
    Violation,
}
