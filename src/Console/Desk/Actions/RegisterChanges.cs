using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Hosting;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Desk.Actions;

/// <summary>What the operator at this console writes into the registers, and files on their way in.</summary>
public sealed class RegisterChanges(RegisterActs.RegisterActsClient client, OperatorCall calls, IOptions<ConsoleOptions> options, TimeProvider time)
{
    private const int PieceBytes = 256 * 1024;

    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.QuerySeconds);
    private readonly TimeSpan _importPatience = TimeSpan.FromSeconds(options.Value.CheckSeconds); // the whole file is judged before it is answered

    public Task<ActOutcome> ChangeAsync(ChangeToMake make) => calls.RunAsync("change register", make.Change.Id, async actor =>
    {
        var request = new ChangeRegisterRequest { Actor = actor, Changes = { make } };
        var answer = await client.ChangeAsync(request, new CallOptions(deadline: Deadline(_patience))).ConfigureAwait(false);
        return (make.Change.Id, answer.Versions[0], answer.EntryIndex, answer.LedgerSize);
    });

    /// <summary>The number in full, when the entry that says who looked at it and why is in the ledger; empty where that was refused.</summary>
    public async Task<(ActOutcome Outcome, string Number)> RevealAsync(string objectId, string reason)
    {
        var number = "";
        var outcome = await calls.RunAsync("reveal identity", objectId, async actor =>
        {
            var answer = await client.RevealIdentityAsync(
                new RevealIdentityRequest { Actor = actor, ObjectId = objectId, Reason = reason }, new CallOptions(deadline: Deadline(_patience))).ConfigureAwait(false);
            number = $"{answer.IdentityType} {answer.IdentityNumber}".Trim();
            return (objectId, 0, answer.EntryIndex, answer.LedgerSize);
        }).ConfigureAwait(false);
        return (outcome, number);
    }

    /// <summary>The report is null when the file was refused as a whole; the outcome says why.</summary>
    public async Task<(ActOutcome Outcome, ImportReport? Report)> ImportAsync(RegisterKind kind, string fileName, ReadOnlyMemory<byte> content, string reason, bool dryRun)
    {
        ImportReport? report = null;
        var outcome = await calls.RunAsync(dryRun ? "try import" : "import", fileName, async actor =>
        {
            using var call = client.ImportFile(new CallOptions(deadline: Deadline(_importPatience)));
            await call.RequestStream.WriteAsync(new ImportChunk
            {
                Head = new ImportHead { Actor = actor, Kind = kind, FileName = fileName, Reason = reason, DryRun = dryRun },
            }).ConfigureAwait(false);
            for (var at = 0; at < content.Length; at += PieceBytes)
            {
                var piece = content.Slice(at, Math.Min(PieceBytes, content.Length - at));
                await call.RequestStream.WriteAsync(new ImportChunk { Content = ByteString.CopyFrom(piece.Span) }).ConfigureAwait(false);
            }
            await call.RequestStream.CompleteAsync().ConfigureAwait(false);
            report = await call.ResponseAsync.ConfigureAwait(false);
            return (fileName, 0, report.EntryIndex, report.LedgerSize);
        }).ConfigureAwait(false);
        return (outcome, report);
    }

    private DateTime Deadline(TimeSpan patience) => (time.GetUtcNow() + patience).UtcDateTime;
}
