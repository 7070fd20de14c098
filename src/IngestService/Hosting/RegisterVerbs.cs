using System.CommandLine;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace EdgeEnforcement.IngestService.Hosting;

/// <summary>'ingest register import' and 'export': files of a running service, over its gRPC door (docs/operations/registers.md).</summary>
internal static class RegisterVerbs
{
    private const int PieceBytes = 256 * 1024;

    private static readonly Dictionary<string, RegisterKind> Kinds = new(StringComparer.Ordinal)
    {
        ["unit"] = RegisterKind.Unit, ["officer"] = RegisterKind.Officer, ["device"] = RegisterKind.Device, ["calendar"] = RegisterKind.Calendar,
    };

    public static Command Create() => new("register", "files of units, officers, devices and calendars, of a running service") { Import(), Export() };

    private static Command Import()
    {
        var file = new Argument<string>("FILE") { Description = "CSV, UTF-8 or GB 18030" };
        var kind = KindOption();
        var service = ServiceOption();
        var id = new Option<string>("--actor-id") { Description = "who imports", Required = true };
        var name = new Option<string>("--actor-name") { Description = "who imports", Required = true };
        var reason = new Option<string>("--reason") { Description = "why, for the history", Required = true };
        var dry = new Option<bool>("--dry-run") { Description = "say what is wrong and what would change; change nothing" };
        var command = new Command("import", "take a file in, all of its lines or none") { file, kind, service, id, name, reason, dry };
        command.SetAction((parsed, cancellation) => GuardAsync(parsed, async () =>
        {
            string path = parsed.GetRequiredValue(file);
            ImportHead head = new()
            {
                Actor = new Actor { Id = parsed.GetRequiredValue(id), Name = parsed.GetRequiredValue(name) }, Kind = Kinds[parsed.GetRequiredValue(kind)],
                FileName = Path.GetFileName(path), Reason = parsed.GetRequiredValue(reason), DryRun = parsed.GetValue(dry),
            };
            using GrpcChannel channel = GrpcChannel.ForAddress(parsed.GetRequiredValue(service));
            return Say(await SendAsync(new RegisterActs.RegisterActsClient(channel), head, path, cancellation), parsed.InvocationConfiguration.Output);
        }));
        return command;
    }

    private static Command Export()
    {
        var file = new Argument<string>("FILE") { Description = "is written; must not be there" };
        var kind = KindOption();
        var service = ServiceOption();
        var command = new Command("export", "write what is in force now, as import takes it") { file, kind, service };
        command.SetAction((parsed, cancellation) => GuardAsync(parsed, async () =>
        {
            using GrpcChannel channel = GrpcChannel.ForAddress(parsed.GetRequiredValue(service));
            using AsyncServerStreamingCall<ExportChunk> call = new RegisterDesk.RegisterDeskClient(channel).ExportRegister(
                new ExportRegisterRequest { Kind = Kinds[parsed.GetRequiredValue(kind)] }, cancellationToken: cancellation);
            await using FileStream target = new(parsed.GetRequiredValue(file), FileMode.CreateNew, FileAccess.Write);
            while (await call.ResponseStream.MoveNext(cancellation))
                await target.WriteAsync(call.ResponseStream.Current.Content.Memory, cancellation);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static async Task<ImportReport> SendAsync(RegisterActs.RegisterActsClient acts, ImportHead head, string path, CancellationToken cancellation)
    {
        await using FileStream source = new(path, FileMode.Open, FileAccess.Read);
        using AsyncClientStreamingCall<ImportChunk, ImportReport> call = acts.ImportFile(cancellationToken: cancellation);
        await call.RequestStream.WriteAsync(new ImportChunk { Head = head }, cancellation);
        byte[] piece = new byte[PieceBytes];
        for (int read; (read = await source.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancellation)) > 0;)
            await call.RequestStream.WriteAsync(new ImportChunk { Content = ByteString.CopyFrom(piece, 0, read) }, cancellation);
        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }

    private static ExitCode Say(ImportReport report, TextWriter output)
    {
        foreach (ImportError error in report.Errors)
            output.WriteLine($"line {error.Line}{(error.Column.Length == 0 ? "" : ", " + error.Column)}: {error.What}");
        if (report.ErrorCount > report.Errors.Count)
            output.WriteLine($"... and {report.ErrorCount - report.Errors.Count} more");
        output.WriteLine($"{report.Lines} lines, {report.Encoding}: {report.Added} new, {report.Changed} changed, {report.Unchanged} as they were, {report.ErrorCount} errors");
        output.WriteLine(report.EntryIndex > 0 ? $"taken in with entry {report.EntryIndex}" : "nothing was changed");
        return report.Accepted ? ExitCode.Ok : ExitCode.Failed;
    }

    private static Option<string> KindOption()
    {
        Option<string> kind = new("--kind") { Description = "which register", Required = true };
        kind.AcceptOnlyFromAmong([.. Kinds.Keys]);
        return kind;
    }

    private static Option<string> ServiceOption() =>
        new("--service") { Description = "gRPC door of the service", DefaultValueFactory = _ => "http://127.0.0.1:7501" };

    private static async Task<int> GuardAsync(ParseResult parsed, Func<Task<ExitCode>> verb)
    {
        try
        {
            return (int)await verb();
        }
        catch (Exception e) when (e is RpcException or IOException or UnauthorizedAccessException)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"ingest: {(e as RpcException)?.Status.Detail ?? e.Message}");
            return (int)ExitCode.Failed;
        }
    }
}
