using System.Diagnostics;

namespace EdgeEnforcement.Evidence.Tests;

/// <summary>Runs the openssl command: a tool we did not write.</summary>
internal static class OpenSsl
{
    internal static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("openssl did not start.");
        var token = TestContext.Current.CancellationToken;
        var output = await process.StandardOutput.ReadToEndAsync(token) + await process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        return (process.ExitCode, output);
    }
}
