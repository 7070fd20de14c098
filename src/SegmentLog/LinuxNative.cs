using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeEnforcement.SegmentLog;

/// The libc calls .NET has no counterpart for: it refuses to open a directory, it cannot punch holes, and its own flush to disk is silent
/// when the kernel answers EIO (<see cref="DiskFlush"/>).
internal static partial class LinuxNative
{
    private const int OpenReadOnly = 0;
    private const int OpenCloseOnExec = 0x80000; // O_CLOEXEC, the same on every architecture .NET runs on
    private const int FallocateKeepSize = 1;
    private const int FallocatePunchHole = 2;
    private const int NotPermitted = 1; // EPERM
    private const int Interrupted = 4; // EINTR
    private const int AccessDenied = 13; // EACCES
    private const int Invalid = 22; // EINVAL
    private const int ReadOnlyVolume = 30; // EROFS
    private const int NotSupported = 95; // EOPNOTSUPP
    private const int AdviseDontNeed = 4; // POSIX_FADV_DONTNEED
    private const int PriorityProcess = 0;
    private const int LowestPriority = 19;
    private const int IoPriorityProcess = 1;
    private const int IoPriorityIdle = 3 << 13;

    // O_DIRECTORY: asm-generic says 0x10000; arm and arm64 exchange it with O_DIRECT and say 0x4000.
    private static int OpenDirectory =>
        RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x4000 : 0x10000;

    public static void SyncDirectory(string path)
    {
        var descriptor = Retry(() => Open(path, OpenReadOnly | OpenDirectory | OpenCloseOnExec));
        if (descriptor < 0)
            throw Error("open", path);
        try
        {
            if (Retry(() => FSync(descriptor)) != 0)
                throw Error("fsync", path);
        }
        finally
        {
            _ = Close(descriptor); // read only: nothing is lost with its error
        }
    }

    public static void Flush(SafeFileHandle file, string path)
    {
        if (Retry(() => FSync(file)) != 0)
            throw Error("fsync", path);
    }

    /// False where the file system has no holes.
    public static bool PunchHole(SafeFileHandle file, string path, long offset, long length)
    {
        if (Retry(() => FAllocate(file, FallocatePunchHole | FallocateKeepSize, offset, length)) == 0)
            return true;
        return Marshal.GetLastPInvokeError() == NotSupported ? false : throw Error("fallocate", path);
    }

    /// The directory belongs to somebody else or to a file system that knows no sync.
    public static bool IsNotOurs(IOException e) => e.HResult is NotPermitted or AccessDenied or Invalid or ReadOnlyVolume;

    /// Advice: its error is of no consequence.
    public static void Forget(SafeFileHandle file, long offset, long length) => _ = FAdvise(file, offset, length, AdviseDontNeed);

    /// The calling thread only: Linux keeps both priorities per thread. Without the right to change them nothing changes.
    public static void LowerThread()
    {
        _ = SetPriority(PriorityProcess, 0, LowestPriority);
        var ioprioSet = RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => 251, Architecture.Arm64 => 30, _ => 0 };
        if (ioprioSet != 0)
            _ = SystemCall(ioprioSet, IoPriorityProcess, 0, IoPriorityIdle);
    }

    /// The calling thread waits so long, to some 0.1 ms.
    public static void Pause(TimeSpan duration)
    {
        var left = new Timespec { Seconds = (nint)(duration.Ticks / TimeSpan.TicksPerSecond), Nanoseconds = (nint)(duration.Ticks % TimeSpan.TicksPerSecond * 100) };
        while (NanoSleep(left, ref left) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }
    }

    private static int Retry(Func<int> call)
    {
        int result;
        do
            result = call();
        while (result < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return result;
    }

    private static IOException Error(string call, string path)
    {
        var code = Marshal.GetLastPInvokeError();
        return new IOException($"{call} of '{path}' failed: {Marshal.GetPInvokeErrorMessage(code)} ({code})", new Win32Exception(code))
        {
            HResult = code, // as .NET's own file calls do on Unix
        };
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "nanosleep", SetLastError = true)]
    private static partial int NanoSleep(in Timespec duration, ref Timespec left);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(int descriptor);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int FAdvise(SafeFileHandle file, long offset, long length, int advice);

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int priority);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint which, nint who, nint priority);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int FAllocate(SafeFileHandle file, int mode, long offset, long length);
}
