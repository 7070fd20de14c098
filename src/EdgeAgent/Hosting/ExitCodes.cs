namespace EdgeEnforcement.EdgeAgent.Hosting;

internal static class ExitCodes
{
    public const int Ok = 0;

    /// What was asked for was done and the answer is no: a file differs, a station has an alarm.
    public const int Negative = 1;

    public const int BadConfiguration = 2;

    /// The agent's disk or spool failed; the next start decides what is there.
    public const int Fatal = 3;

    public const int NotRunning = 4;

    /// The disk is too full to open the spool; the message names the bytes to free.
    public const int NoSpace = 5;
}
