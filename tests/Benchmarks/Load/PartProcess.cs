using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>A part of the product started as ./start starts it, with its memory and processor time read from /proc.</summary>
internal sealed class PartProcess : IDisposable
{
    // What is measured with it is a second long: this adds at most one in two hundred.
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(5);

    private static readonly HttpClient Http = new();

    private readonly Process _process;

    private PartProcess(Process process) => _process = process;

    public static async Task<PartProcess> StartAsync(
        string assembly, string[] arguments, string readyAddress, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => { if (line.Data is not null) Console.Error.WriteLine(line.Data); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!await AnswersAsync(readyAddress))
        {
            if (process.HasExited)
                throw new InvalidOperationException($"{Path.GetFileName(assembly)} ended with {process.ExitCode}");
            await Task.Delay(PollInterval, TimeProvider.System);
        }

        return new PartProcess(process);
    }

    public static string Assembly(string project, string name)
    {
        var bin = Directory.GetParent(AppContext.BaseDirectory.TrimEnd('/'))!.Parent!; // artifacts/bin/<project>/<configuration>
        return Path.Combine(bin.FullName, project, Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), name + ".dll");
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Resident now and at its highest, MiB; processor seconds so far.</summary>
    public (long ResidentMiB, long PeakMiB, double CpuSeconds) Read()
    {
        var status = File.ReadAllLines($"/proc/{_process.Id}/status");
        _process.Refresh();
        return (Kilobytes(status, "VmRSS") / 1024, Kilobytes(status, "VmHWM") / 1024, _process.TotalProcessorTime.TotalSeconds);
    }

    /// <summary>SIGTERM and the end of it.</summary>
    public async Task StopAsync()
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await signal.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static long Kilobytes(string[] status, string name) => long.Parse(
        status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal).Trim(),
        CultureInfo.InvariantCulture);

    private static async Task<bool> AnswersAsync(string address)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri(address));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
