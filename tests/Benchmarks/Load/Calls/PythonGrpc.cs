using System.Diagnostics;
using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load.Calls;

/// <summary>Debian's python3-grpcio as server or client (<c>python/grpc_bench.py</c>).</summary>
internal sealed class PythonGrpc : IDisposable
{
    private readonly Process _process;

    private PythonGrpc(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public int Id => _process.Id;

    public static async Task<PythonGrpc> StartServerAsync()
    {
        var process = Start("server");
        var port = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The Python server did not start.");
        return new PythonGrpc(process, int.Parse(port, CultureInfo.InvariantCulture));
    }

    /// <summary>Without the server's CPU, which the client cannot know.</summary>
    public static async Task<CallResult> RunClientAsync(CallCase load, TimeSpan time, int port)
    {
        using var process = Start(
            "client", $"127.0.0.1:{port}", load.Kind, $"{load.Bytes}", $"{load.Lanes}", time.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The Python client failed.");
        await process.WaitForExitAsync();
        var fields = line.Split(' ').Select(field => double.Parse(field, CultureInfo.InvariantCulture)).ToArray();
        return new CallResult((long)fields[0], fields[1], fields[2], ServerCpu: 0);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "python", "grpc_bench.py"), .. arguments])
    {
        RedirectStandardOutput = true,
    }) ?? throw new InvalidOperationException("python3 did not start; python3-grpcio and python3-protobuf are needed.");
}
