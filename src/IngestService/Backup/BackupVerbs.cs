using System.CommandLine;
using System.Text.RegularExpressions;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Checkpoints;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Backup;

/// <summary>The verbs backup, restore and open-new-origin (docs/operations/backup.md).</summary>
internal static class BackupVerbs
{
    public static IEnumerable<Command> Create() => [Backup(), Restore(), OpenNewOrigin()];

    private static Command Backup()
    {
        var data = new Argument<string>("DATA") { Description = "data directory, of a running or a stopped service; nothing in it is changed" };
        var target = new Argument<string>("TARGET") { Description = "an empty directory, or one with an earlier back-up of the same ledger" };
        var media = new Option<bool>("--media") { Description = "take the media objects along" };
        var keys = new Option<string?>("--keys-to") { Description = "copy the signing keys there, apart from the back-up" };
        var command = new Command("backup", "copy the ledger up to its last checkpoint, beside a running service") { data, target, media, keys };
        command.SetAction(parsed => (int)Guard(parsed, () =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var paths = new LedgerPaths(parsed.GetRequiredValue(data));
            var to = Path.GetFullPath(parsed.GetRequiredValue(target));
            var keysTo = parsed.GetValue(keys) is { } given ? Path.GetFullPath(given) : null;
            if (IsWithin(to, paths.Data) || IsWithin(paths.Data, to))
                throw new InvalidDataException($"'{to}' and '{paths.Data}' lie in each other");
            // Whoever holds a back-up must not be able to sign.
            if (keysTo is not null && (IsWithin(keysTo, to) || IsWithin(to, keysTo)))
                throw new InvalidDataException($"keys are not put beside a back-up: give --keys-to a place outside '{to}'");
            var files = new PhysicalFileSystem();
            var manifest = new LedgerBackup(files, paths, to, TimeProvider.System, output).Run(parsed.GetValue(media));
            if (keysTo is not null)
                KeyCopy.Run(paths, keysTo, output);
            return BackupVerification.Run(files, new LedgerPaths(to), manifest.Head.Media, output) == 0 ? ExitCode.Ok : ExitCode.Failed;
        }));
        return command;
    }

    private static Command Restore()
    {
        var source = new Argument<string>("TARGET") { Description = "a back-up" };
        var data = new Argument<string>("DATA") { Description = "an empty data directory" };
        var command = new Command("restore", "copy a back-up into an empty data directory; the service starts read only on it") { source, data };
        command.SetAction(parsed => (int)Guard(parsed, () =>
        {
            var paths = new LedgerPaths(parsed.GetRequiredValue(data));
            var from = Path.GetFullPath(parsed.GetRequiredValue(source));
            if (IsWithin(paths.Data, from) || IsWithin(from, paths.Data))
                throw new InvalidDataException($"'{from}' and '{paths.Data}' lie in each other");
            new LedgerRestore(new PhysicalFileSystem(), from, paths, TimeProvider.System, parsed.InvocationConfiguration.Output).Run();
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command OpenNewOrigin()
    {
        var data = new Argument<string>("DATA") { Description = "data directory of a stopped service" };
        var origin = new Option<string>("--origin") { Description = "<authority>/<shard> that was never used before", Required = true };
        var key = new Option<string?>("--key") { Description = "PEM of its signing key (without: a new key is made)" };
        var by = new Option<string>("--by") { Description = "who orders it", DefaultValueFactory = _ => Environment.UserName };
        var reason = new Option<string>("--reason") { Description = "why; it stands in the ledger", DefaultValueFactory = _ => "restored from a back-up" };
        var command = new Command("open-new-origin", "let a restored ledger go on, under a new name and key") { data, origin, key, by, reason };
        command.SetAction((parsed, cancellation) => GuardAsync(parsed, async () =>
        {
            var name = parsed.GetRequiredValue(origin);
            if (!Regex.IsMatch(name, LedgerOptions.OriginPattern, RegexOptions.CultureInvariant) || name.Length > 200)
                throw new InvalidDataException($"'{name}' is not <authority>/<shard>, without spaces or '+'");
            var paths = new LedgerPaths(parsed.GetRequiredValue(data));
            await using var meters = new ServiceCollection().AddMetrics().AddSingleton<LedgerMetrics>().BuildServiceProvider();
            var files = new PhysicalFileSystem();
            var step = new NewOrigin(files, paths, meters.GetRequiredService<LedgerMetrics>(), TimeProvider.System, parsed.InvocationConfiguration.Output);
            using var signing = CheckpointKeyFile.LoadOrCreateForNewOrigin(files, paths.ForOrigin(step.NumberFor(name)), parsed.GetValue(key));
            await step.RunAsync(new NewOrigin.Order(name, parsed.GetRequiredValue(by), parsed.GetRequiredValue(reason)), signing, cancellation);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static ExitCode Guard(ParseResult parsed, Func<ExitCode> verb) => (ExitCode)GuardAsync(parsed, () => Task.FromResult(verb())).GetAwaiter().GetResult();

    private static async Task<int> GuardAsync(ParseResult parsed, Func<Task<ExitCode>> verb)
    {
        try
        {
            return (int)await verb();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or SegmentDamageException or SegmentLogFatalException or LedgerFatalException or UnauthorizedAccessException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"ingest: {e.Message}");
            return (int)ExitCode.Failed;
        }
    }

    private static bool IsWithin(string path, string directory) =>
        (path + Path.DirectorySeparatorChar).StartsWith(directory + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
