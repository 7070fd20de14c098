using System.ComponentModel;

namespace EdgeEnforcement.SegmentLog.Space;

/// <summary>Tells "there is no room" from every other failure of a disk.</summary>
public static class DiskFull
{
    /// <summary>ENOSPC on Linux: what an <see cref="IOException"/> of .NET carries as its HResult.</summary>
    public const int NoSpace = 28;

    private const int OverQuota = 122; // EDQUOT
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>
    /// True when a write found no room: its bytes are not there, or are a torn tail that recovery cuts, and nothing of it was promised.
    /// An error of a flush is never such a case, be its code ENOSPC as well: which bytes it lost is not known.
    /// </summary>
    public static bool IsRefusedWrite(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            switch (failure)
            {
                case IOException { HResult: NoSpace or OverQuota or WindowsDiskFull }:
                    return true;
                case Win32Exception:
                    return false; // our own calls into libc: fsync, fallocate
            }
        return false;
    }
}
