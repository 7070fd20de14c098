using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace EdgeEnforcement.Testing.Servers;

/// <summary>Somebody else's server as a plain process on free loopback ports, in a folder that goes with it.</summary>
public abstract class ForeignServer : IAsyncDisposable
{
    private const int Tries = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(180);

    private Process? _process;

    public int Port { get; private set; }

    protected string Folder { get; } = Directory.CreateTempSubdirectory("foreign-server-").FullName;

    public async Task StartAsync(CancellationToken cancellation)
    {
        // A free port may be taken between our looking and the server's: then it ends, and another one is tried.
        for (var left = Tries; ; left--)
        {
            Port = FreePort();
            _process = Process.Start(Prepare()) ?? throw new InvalidOperationException("the server did not start");
            if (await BecomesReadyAsync(_process, cancellation))
                return;
            if (left == 1)
                throw new InvalidOperationException($"{GetType().Name} did not become ready: is its Debian package installed? ./test does it");
            End();
        }
    }

    /// <summary>SIGKILL: nothing is written any more.</summary>
    public void Kill() => End();

    /// <summary>After <see cref="Kill"/>: the same folder and port.</summary>
    public async Task StartAgainAsync(CancellationToken cancellation)
    {
        _process = Process.Start(Prepare()) ?? throw new InvalidOperationException("the server did not start");
        if (!await BecomesReadyAsync(_process, cancellation))
            throw new InvalidOperationException($"{GetType().Name} did not come back");
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        End();
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes what the server needs into the folder and says how it is started on <see cref="Port"/>.</summary>
    protected abstract ProcessStartInfo Prepare();

    /// <summary>Beyond the port.</summary>
    protected virtual Task<bool> IsReadyAsync() => Task.FromResult(true);

    /// <summary>What it left running beside itself.</summary>
    protected virtual void EndHelpers()
    {
    }

    protected static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    protected static ProcessStartInfo Quiet(string file, params string[] arguments)
    {
        // Their output goes to their logs; a pipe nobody reads would stop them when it is full.
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add("exec \"$0\" \"$@\" >/dev/null 2>&1 </dev/null");
        start.ArgumentList.Add(file);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    private async Task<bool> BecomesReadyAsync(Process process, CancellationToken cancellation)
    {
        var until = TimeProvider.System.GetUtcNow() + Patience;
        while (!process.HasExited && TimeProvider.System.GetUtcNow() < until)
        {
            if (await ListensAsync(Port) && await IsReadyAsync())
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
        }
        return false;
    }

    protected static async Task<bool> ListensAsync(int port)
    {
        using var probe = new TcpClient();
        try
        {
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false; // not yet
        }
    }

    private void End()
    {
        if (_process is { HasExited: false })
            _process.Kill(entireProcessTree: true);
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
        EndHelpers();
    }
}
