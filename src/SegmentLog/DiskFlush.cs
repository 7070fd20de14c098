using Microsoft.Win32.SafeHandles;

namespace EdgeEnforcement.SegmentLog;

/// <summary>
/// The one flush to disk a promise may rest on. RandomAccess.FlushToDisk and FileStream.Flush(true) return normally when fsync answers EIO
/// (seen on .NET 10.0.12 with an injected fault), so a record on a dying disk would be acknowledged; both are banned symbols.
/// </summary>
public static class DiskFlush
{
    /// <summary>On return the file's bytes are on disk. An <see cref="IOException"/> leaves their fate unknown: never flush again and go on.</summary>
    public static void Run(SafeFileHandle file, string path)
    {
        if (OperatingSystem.IsLinux())
            LinuxNative.Flush(file, path);
        else
#pragma warning disable RS0030 // no other call where there is no libc
            RandomAccess.FlushToDisk(file);
#pragma warning restore RS0030
    }
}
