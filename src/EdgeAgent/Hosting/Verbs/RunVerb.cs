using System.CommandLine;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.SegmentLog.Space;
using Microsoft.Extensions.Options;
using Spectre.Console;

namespace EdgeEnforcement.EdgeAgent.Hosting.Verbs;

/// `run`: the agent itself, until a signal. On a terminal it shows the bays live; on a pipe it writes log lines.
internal static class RunVerb
{
    public static Command Create()
    {
        var config = CommonOptions.Config();
        var set = CommonOptions.Set();
        var plain = new Option<bool>("--plain") { Description = "Log lines even on a terminal" };
        var language = CommonOptions.Language();
        var command = new Command("run", "Runs the agent") { config, set, plain, language };
        command.SetAction((result, cancellation) => RunAsync(
            result.GetRequiredValue(config), result.GetValue(set) ?? [],
            words: result.GetValue(plain) || Console.IsOutputRedirected ? null : StatusWords.Of(result.GetValue(language)), cancellation));
        return command;
    }

    /// <param name="words">Of the live table; null: log lines.</param>
    private static async Task<int> RunAsync(string file, string[] overrides, StatusWords? words, CancellationToken cancellation)
    {
        var runner = new AgentRunner(
            new ConfigurationLayers(file, overrides), new PhysicalFileSystem(), TimeProvider.System, b => ConfigureLogging(b, live: words is not null));
        try
        {
            return await runner.RunAsync((app, stopping) => ShowAsync(app, words, stopping), cancellation);
        }
        catch (Exception e) when (AgentHost.FaultsOf(e) is { } faults)
        {
            foreach (var fault in faults)
                await Console.Error.WriteLineAsync(fault);
            return ExitCodes.BadConfiguration;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return ExitCodes.Ok;
        }
        catch (IOException e) when (e is SegmentSpaceException || DiskFull.IsRefusedWrite(e))
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.NoSpace;
        }
        catch (Exception e) when (e is InvalidDataException or SegmentLog.SegmentDamageException or System.Security.Cryptography.CryptographicException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.BadConfiguration;
        }
    }

    private static async Task ShowAsync(WebApplication app, StatusWords? words, CancellationToken stopping)
    {
        var options = app.Services.GetRequiredService<IOptions<AgentOptions>>().Value;
        app.Logger.AgentRuns(options.Producer, AgentVersion.Text, options.DataDirectory, string.Join(", ", app.Urls));
        if (words is not null)
            await new ProgressView(app.Services.GetRequiredService<AgentStatusReader>(), AnsiConsole.Console, TimeProvider.System, words).RunAsync(stopping);
    }

    private static void ConfigureLogging(ILoggingBuilder logging, bool live)
    {
        logging.SetMinimumLevel(LogLevel.Information);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // The live table owns the terminal: only what a person must act on is written, above it.
        if (live)
        {
            logging.AddFilter(level => level >= LogLevel.Warning);
            logging.AddProvider(new TerminalLogs(AnsiConsole.Console, TimeProvider.System));
            return;
        }
        logging.AddSimpleConsole(c =>
        {
            c.SingleLine = true;
            c.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            c.UseUtcTimestamp = true;
        });
    }
}
