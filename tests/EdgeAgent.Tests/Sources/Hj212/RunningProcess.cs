using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>The executable as a process of its own, which can be killed.</summary>
internal sealed partial class RunningProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _drained;

    private RunningProcess(Process process, IPEndPoint address, Task drained)
    {
        _process = process;
        Address = address;
        _drained = drained;
    }

    /// <summary>Where it listens for stations.</summary>
    public IPEndPoint Address { get; }

    public static async Task<RunningProcess> StartAsync(string config)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "edge-agent.dll"), "run", "--config", config])
        {
            RedirectStandardOutput = true,
        })!;
        var seen = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            seen.Add(line);
            if (Listening().Match(line) is { Success: true } found)
                return new RunningProcess(process, IPEndPoint.Parse(found.Groups[1].Value), process.StandardOutput.ReadToEndAsync(CancellationToken.None));
        }
        throw new InvalidOperationException("The agent did not start:\n" + string.Join('\n', seen));
    }

    /// <summary>kill -9</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        // Its output ends before the last of its files is closed, its lock among them.
        await _process.WaitForExitAsync(CancellationToken.None);
        await _drained;
        _process.Dispose();
    }

    [GeneratedRegex(@"Listening for devices on (\S+)")]
    private static partial Regex Listening();
}
