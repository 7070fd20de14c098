using System.ComponentModel;
using System.Diagnostics;

namespace EdgeEnforcement.Mqtt.Tests.Foreign;

/// A program that is not ours, its output kept line by line. Disposing kills it.
internal sealed class ForeignProgram : IAsyncDisposable
{
    private const string Needs =
        "These tests need Debian's mosquitto-clients and python3-paho-mqtt, and MQTT.js in artifacts/foreign-clients; ./test installs them.";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly string _name;

    private ForeignProgram(Process process, string name)
    {
        _process = process;
        _name = name;
    }

    public static ForeignProgram Start(string program, IEnumerable<string> arguments, Action<ProcessStartInfo>? configure = null)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        configure?.Invoke(start);
        try
        {
            var foreign = new ForeignProgram(Process.Start(start)!, $"{program} {string.Join(' ', start.ArgumentList)}");
            foreign._process.OutputDataReceived += (_, line) => foreign.Keep(line.Data);
            foreign._process.ErrorDataReceived += (_, line) => foreign.Keep(line.Data);
            foreign._process.BeginOutputReadLine();
            foreign._process.BeginErrorReadLine();
            return foreign;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{Needs} '{program}' cannot be started.", e);
        }
    }

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public Task SendAsync(string line)
    {
        _process.StandardInput.WriteLine(line);
        return _process.StandardInput.FlushAsync();
    }

    /// The first result that is not null, of what the program has said so far.
    public async Task<T> WaitAsync<T>(Func<IReadOnlyList<string>, T?> find, string what) where T : class
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            // Asked first: what it said before its end is looked at once more.
            var hasEnded = _process.HasExited;
            if (hasEnded)
                await _process.WaitForExitAsync(CancellationToken.None); // to the end of its output
            if (find(Lines) is { } found)
                return found;
            if (hasEnded || limit.IsCancellationRequested)
                throw new InvalidOperationException($"{(hasEnded ? "ended without" : "waited in vain for")}: {what}\n{_name}\n{string.Join('\n', Lines)}\n{Needs}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
    }

    public Task WaitForLineAsync(string part) => WaitAsync(lines => lines.FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal)), part);

    /// The exit code and everything it said.
    public async Task<(int Code, string Output)> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new InvalidOperationException($"does not end: {_name}\n{string.Join('\n', Lines)}", e);
        }
        return (_process.ExitCode, string.Join('\n', Lines));
    }

    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
            _lines.Add(line);
    }
}
