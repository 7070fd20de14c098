using System.Diagnostics;

namespace EdgeEnforcement.EndToEnd.Tests.Harness;

/// <summary>One started program with its output kept. Disposing kills what still runs.</summary>
internal sealed class ProductProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _output = [];

    private ProductProcess(Process process) => _process = process;

    public int Id => _process.Id;
    public bool HasExited => _process.HasExited;
    public int ExitCode => _process.ExitCode;

    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    public static ProductProcess Start(string program, params string[] arguments) =>
        Start(program, arguments, new Dictionary<string, string>());

    public static ProductProcess Start(string program, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var product = new ProductProcess(process);
        process.OutputDataReceived += (_, line) => product.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => product.Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return product;
    }

    /// <summary>Runs to the end; the exit code and all output.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string program, params string[] arguments)
    {
        await using var product = Start(program, arguments);
        await product._process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (product.ExitCode, product.Output);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed by the program.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as a service manager would; returns the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", Id.ToString()]);
        await signal.WaitForExitAsync();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return ExitCode;
    }

    /// <summary>Ends a tracer together with the program it traces, so that the trace is written to its end.</summary>
    public async Task TerminateTreeAsync()
    {
        using var signal = Process.Start("pkill", ["-TERM", "-P", Id.ToString()]);
        await signal.WaitForExitAsync();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.Add(line);
    }
}
