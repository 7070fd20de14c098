using System.Diagnostics;
using System.Text;

namespace EdgeEnforcement.OperatorConsole.Tests.Hosting;

/// <summary>The console as it is started in the field: its own process, run from its build output, on a port the system picks.</summary>
internal sealed class ConsoleProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(180);

    private readonly StringBuilder _log = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;

    public string Address { get; private set; } = "";

    public async Task StartAsync(int grpcPort, int httpPort, string data)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var assembly = Path.Combine(output.Parent!.Parent!.FullName, "Console", output.Name, "console.dll"); // artifacts/bin/<project>/<configuration>
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
            ArgumentList =
            {
                "exec", assembly, "--Console:Listen=http://127.0.0.1:0", $"--Console:Service=http://127.0.0.1:{grpcPort}",
                $"--Console:ServiceHttp=http://127.0.0.1:{httpPort}", $"--Console:Data={data}",
                // A machine that builds something else beside may take longer than a person at a board would wait.
                "--Console:QuerySeconds=60",
            },
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        try
        {
            Address = await _address.Task.WaitAsync(StartPatience);
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException($"The console did not start:\n{Log}");
        }
    }

    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null)
            return;
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        lock (_log)
            _log.AppendLine(line);
        const string Marker = "Now listening on: ";
        var at = line.IndexOf(Marker, StringComparison.Ordinal);
        if (at >= 0)
            _address.TrySetResult(line[(at + Marker.Length)..].Trim());
    }
}
