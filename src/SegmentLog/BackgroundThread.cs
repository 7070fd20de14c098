namespace EdgeEnforcement.SegmentLog;

/// <summary>For work that may take all the time there is and none that anybody else wants.</summary>
public static class BackgroundThread
{
    /// <summary>Gives the calling thread, for the rest of its life, the last place at processor and disk. Never on a thread of the pool.</summary>
    public static void Lower()
    {
        if (OperatingSystem.IsLinux())
            LinuxNative.LowerThread();
    }
}
