using System.CommandLine;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace EdgeEnforcement.IngestService.Hosting;

/// <summary>'ingest procedure activate': rules of the process into a running service, over its gRPC door (docs/formats/procedure-rules.md).</summary>
internal static class ProcedureVerbs
{
    public static Command Create() => new("procedure", "rules of the lawful process, of a running service") { Activate() };

    private static Command Activate()
    {
        var source = new Argument<string>("FOLDER|FILE") { Description = "a folder with one JSON file and templates/*.json, or one file with everything" };
        var service = new Option<string>("--service") { Description = "gRPC door of the service", DefaultValueFactory = _ => "http://127.0.0.1:7501" };
        var id = new Option<string>("--actor-id") { Description = "who activates", Required = true };
        var name = new Option<string>("--actor-name") { Description = "who activates", Required = true };
        var reason = new Option<string>("--reason") { Description = "why, for the history", Required = true };
        var dry = new Option<bool>("--dry-run") { Description = "say what is wrong; change nothing" };
        var command = new Command("activate", "put rules in force, whole, or say everything that is wrong with them") { source, service, id, name, reason, dry };
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                ActivateRulesRequest request = new()
                {
                    Actor = new Actor { Id = parsed.GetRequiredValue(id), Name = parsed.GetRequiredValue(name) }, Reason = parsed.GetRequiredValue(reason),
                    DryRun = parsed.GetValue(dry), Content = ByteString.CopyFrom(RulesFolder.Read(parsed.GetRequiredValue(source))),
                };
                using GrpcChannel channel = GrpcChannel.ForAddress(parsed.GetRequiredValue(service));
                ActivateRulesAnswer answer = await new ProcedureActs.ProcedureActsClient(channel).ActivateRulesAsync(request, cancellationToken: cancellation);
                return (int)Say(answer, parsed.InvocationConfiguration.Output);
            }
            catch (Exception e) when (e is RpcException or IOException or UnauthorizedAccessException or InvalidDataException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"ingest: {(e as RpcException)?.Status.Detail ?? e.Message}");
                return (int)ExitCode.Failed;
            }
        });
        return command;
    }

    private static ExitCode Say(ActivateRulesAnswer answer, TextWriter output)
    {
        foreach (string error in answer.Errors)
            output.WriteLine(error);
        output.WriteLine(answer.Errors.Count > 0 ? $"{answer.Errors.Count} errors, nothing was changed"
            : answer.LedgerSize > 0 ? $"rules {answer.Version} are in force with entry {answer.EntryIndex}" : $"rules {answer.Version} may be activated");
        return answer.Errors.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
    }
}
