using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>
/// epoll of Linux itself. The runtime's own socket events go through its thread pool, which costs a driver more than the packets do.
/// </summary>
internal sealed class Epoll : IDisposable
{
    public const uint Readable = 0x001;
    public const uint Writable = 0x004;

    private const int Add = 1;
    private const int Modify = 3;

    private readonly int _handle;
    private readonly Event[] _events;

    public Epoll(int mostEvents)
    {
        // struct epoll_event is packed on x64 alone.
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new PlatformNotSupportedException("The MQTT load driver runs on x64 Linux only.");
        _events = new Event[mostEvents];
        _handle = epoll_create1(0);
        if (_handle < 0)
            throw new InvalidOperationException($"epoll_create1: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    public void Watch(Socket socket, int token) => Control(Add, socket, Readable, token);

    public void Change(Socket socket, uint events, int token) => Control(Modify, socket, events, token);

    /// <summary>Returns the number of events; their tokens by <see cref="Token"/>. No event before the time is over gives 0.</summary>
    public int Wait(TimeSpan patience)
    {
        var time = new Timespec { Seconds = (long)patience.TotalSeconds, Nanoseconds = patience.Ticks % TimeSpan.TicksPerSecond * 100 };
        while (true)
        {
            var count = epoll_pwait2(_handle, _events, _events.Length, in time, 0);
            if (count >= 0)
                return count;
            if (Marshal.GetLastPInvokeError() != InterruptedBySignal)
                throw new InvalidOperationException($"epoll_pwait2: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    public int Token(int index) => (int)_events[index].Data;

    public void Dispose() => _ = close(_handle);

    private const int InterruptedBySignal = 4;

    private void Control(int operation, Socket socket, uint events, int token)
    {
        var what = new Event { Events = events, Data = token };
        if (epoll_ctl(_handle, operation, (int)socket.Handle, ref what) < 0)
            throw new InvalidOperationException($"epoll_ctl: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Event
    {
        public uint Events;
        public long Data;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }

#pragma warning disable SYSLIB1054, CA5392 // blittable arguments only: nothing to generate, and libc is not looked for beside the assembly
    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_create1(int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_ctl(int epoll, int operation, int file, ref Event what);

    [DllImport("libc", SetLastError = true)]
    private static extern int epoll_pwait2(int epoll, [Out] Event[] events, int most, in Timespec patience, nint signals);

    [DllImport("libc")]
    private static extern int close(int file);
#pragma warning restore SYSLIB1054, CA5392
}
