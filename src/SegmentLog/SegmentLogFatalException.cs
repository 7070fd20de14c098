namespace EdgeEnforcement.SegmentLog;

/// <summary>
/// A write or flush failed, so its outcome is unknown. Nothing is durable after it; only closing and recovering tells what is there.
/// </summary>
public sealed class SegmentLogFatalException(string operation, Exception firstCause)
    : IOException($"The log stopped at '{operation}': {firstCause.Message}", firstCause)
{
    public string Operation { get; } = operation;

    public Exception FirstCause { get; } = firstCause;
}
