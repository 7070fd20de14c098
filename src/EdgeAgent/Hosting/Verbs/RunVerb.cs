using System.CommandLine;
using EdgeEnforcement.EdgeAgent.Diagnostics;
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
        try
        {
            await using var app = AgentHost.Build(AgentConfiguration.Load(file, overrides), TimeProvider.System, b => ConfigureLogging(b, live: words is not null));
            await app.StartAsync(cancellation); // validates all options first, and names every failure
            var options = app.Services.GetRequiredService<IOptions<AgentOptions>>().Value;
            app.Logger.AgentRuns(options.Producer, AgentVersion.Text, options.DataDirectory, string.Join(", ", app.Urls));
            using var stop = cancellation.Register(app.Lifetime.StopApplication);
            if (words is not null)
                await new ProgressView(app.Services.GetRequiredService<AgentStatusReader>(), AnsiConsole.Console, TimeProvider.System, words)
                    .RunAsync(app.Lifetime.ApplicationStopping);
            await app.WaitForShutdownAsync(CancellationToken.None);
            return app.Services.GetRequiredService<AgentRuntime>().ExitCode;
        }
        catch (OptionsValidationException e)
        {
            foreach (var failure in e.Failures)
                await Console.Error.WriteLineAsync(failure);
            return ExitCodes.BadConfiguration;
        }
        catch (AggregateException e) when (e.InnerExceptions.All(i => i is OptionsValidationException))
        {
            foreach (var failure in e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(i => i.Failures))
                await Console.Error.WriteLineAsync(failure);
            return ExitCodes.BadConfiguration;
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
