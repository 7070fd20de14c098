using System.CommandLine;
using EdgeEnforcement.IngestService.Backup;
using EdgeEnforcement.IngestService.Clerk;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Ledger.Verify;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Media.Verify;
using EdgeEnforcement.IngestService.Projections.Verify;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.SegmentLog.Space;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.IngestService.Hosting;

/// <summary>The verbs of the program.</summary>
internal static class IngestCommandLine
{
    /// <param name="streams">Where the verbs write; null for the console.</param>
    public static Task<int> InvokeAsync(string[] args, Func<HostArguments, WebApplication> build, InvocationConfiguration? streams = null) =>
        Root(build).Parse(args).InvokeAsync(streams ?? new InvocationConfiguration());

    private static RootCommand Root(Func<HostArguments, WebApplication> build)
    {
        var root = new RootCommand("EdgeEnforcement: takes records and media into the ledger") { Run(build), Verify(), Rebuild(), RegisterVerbs.Create(), ProcedureVerbs.Create() };
        foreach (var verb in BackupVerbs.Create())
            root.Add(verb);
        return root;
    }

    private static Command Run(Func<HostArguments, WebApplication> build)
    {
        var data = new Option<string?>("--data") { Description = "data directory" };
        var grpc = new Option<int?>("--grpc-port") { Description = "gRPC on loopback, 0 for a free port (7501)" };
        var http = new Option<int?>("--http-port") { Description = "HTTP on loopback, 0 for a free port (7502)" };
        var mqtt = new Option<int?>("--mqtt-port") { Description = "MQTT on loopback, 0 for a free port (7503)" };
        var access = new Option<string?>("--mqtt-access") { Description = "JSON file: which MQTT clients may what; without it nobody may connect" };
        var config = new Option<string?>("--config") { Description = "JSON file with the sections Hosting, Ledger, ..." };
        var delay = new Option<double?>("--flush-delay") { Description = "for measuring: every flush takes this many ms longer" };
        var command = new Command("run", "run the service") { data, grpc, http, mqtt, access, config, delay };
        command.SetAction(async (parsed, cancellation) => (int)await RunAsync(build, new HostArguments(
            parsed.GetValue(data), parsed.GetValue(grpc), parsed.GetValue(http), parsed.GetValue(config), parsed.GetValue(delay),
            parsed.GetValue(mqtt), parsed.GetValue(access)), cancellation));
        return command;
    }

    private static Command Verify()
    {
        var data = new Argument<string>("DATA") { Description = "data directory, of a stopped or a running service" };
        var key = new Option<string?>("--vkey") { Description = "verifier key of the shard, as pinned by whoever checks" };
        var tables = new Option<bool>("--projections") { Description = "also fold the tables again, in the temporary directory, and compare them row by row" };
        var command = new Command("verify", "derive everything again from the segments and name what differs") { data, key, tables };
        command.SetAction(parsed => (int)RunVerify(
            new LedgerPaths(parsed.GetRequiredValue(data)), parsed.GetValue(key), parsed.GetValue(tables), parsed.InvocationConfiguration.Output));
        return command;
    }

    internal static ExitCode RunVerify(LedgerPaths paths, string? verifierKey, bool withTables, TextWriter output)
    {
        var files = new PhysicalFileSystem();
        var incoming = new IncomingVerification(files, new MediaPaths(Path.Combine(paths.Data, "media")));
        if (!withTables)
            return VerifyCommand.Run(files, paths, verifierKey, output, incoming);
        var scratch = Directory.CreateTempSubdirectory("ingest-verify-");
        try
        {
            using var projections = new ProjectionVerification(paths.Data, scratch.FullName);
            using var clerk = new ClerkVerification(paths.Data, scratch.FullName);
            return VerifyCommand.Run(files, paths, verifierKey, output, incoming, projections, clerk);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static Command Rebuild()
    {
        var data = new Argument<string>("DATA") { Description = "data directory of a stopped service" };
        var only = new Option<string?>("--projection") { Description = "one of them; without it, all" };
        only.AcceptOnlyFromAmong([.. RebuildCommand.Names]);
        var command = new Command("rebuild", "make the tables again from the ledger") { data, only };
        command.SetAction(parsed =>
        {
            try
            {
                return (int)RebuildCommand.Run(
                    new PhysicalFileSystem(), new LedgerPaths(parsed.GetRequiredValue(data)), parsed.GetValue(only), parsed.InvocationConfiguration.Output);
            }
            catch (Exception e) when (e is IOException or LedgerFatalException)
            {
                return (int)Refuse(ExitCode.LedgerRefused, [e.Message]);
            }
        });
        return command;
    }

    private static async Task<ExitCode> RunAsync(Func<HostArguments, WebApplication> build, HostArguments arguments, CancellationToken cancellation)
    {
        try
        {
            await using var app = build(arguments);
            await app.StartAsync(cancellation);
            var urls = app.Urls.ToArray();
            var mqtt = string.Join(", ", urls[2..]);
            app.Logger.Listening(urls[0], urls[1], mqtt);
            await app.WaitForShutdownAsync(cancellation);
            return app.Services.GetRequiredService<HostFate>().ExitCode;
        }
        catch (OptionsValidationException e)
        {
            return Refuse(ExitCode.BadConfiguration, e.Failures);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(i => i is OptionsValidationException))
        {
            return Refuse(ExitCode.BadConfiguration, e.InnerExceptions.Cast<OptionsValidationException>().SelectMany(i => i.Failures));
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            return Refuse(ExitCode.BadConfiguration, [e.Message]);
        }
        catch (Exception e) when (e is SegmentSpaceException || DiskFull.IsRefusedWrite(e))
        {
            return Refuse(ExitCode.NoSpace, [e.Message]);
        }
        catch (Exception e) when (e is SegmentDamageException or LedgerFatalException or SegmentLogFatalException or IOException)
        {
            return Refuse(ExitCode.LedgerRefused, [e.Message]);
        }
    }

    private static ExitCode Refuse(ExitCode code, IEnumerable<string> reasons)
    {
        foreach (var reason in reasons)
            Console.Error.WriteLine($"ingest: {reason}");
        return code;
    }
}
