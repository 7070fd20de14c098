using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Cases.Procedure;

/// <summary>A new set of rules, whole or not at all: with any error the old one stays in force.</summary>
internal sealed class RulesActivation(IFactAppender appender)
{
    /// <summary>An entry holds at most 1 MiB, with everything around it.</summary>
    private const int MaxBytes = 900_000;

    private const string Stream = "procedure/rules";

    public async Task<(ActivateRulesAnswer? Answer, RefusalDetail? Refusal)> RunAsync(ActivateRulesRequest act, CancellationToken cancellation)
    {
        if ((ActRules.Actor(act.Actor) ?? ActRules.Reason(act.Reason)) is { } incomplete)
            return (null, incomplete);
        ActivateRulesAnswer answer = new();
        if (act.Content.Length > MaxBytes)
        {
            answer.Errors.Add($"the file has {act.Content.Length} bytes, {MaxBytes} are taken");
            return (answer, null);
        }

        ProcedureRules? rules = ProcedureRulesParser.TryParse(act.Content.Span, out IReadOnlyList<string> errors);
        answer.Errors.AddRange(errors);
        answer.Version = rules?.Version ?? "";
        if (rules is null || act.DryRun)
            return (answer, null);
        FactOutcome appended = await appender.AppendAsync(LeafOrigin.Operator, ToRecord(act, rules), cancellation);
        if (appended.Outcome.Receipt is not { } receipt)
            return (null, appended.Outcome.Refusal);
        answer.EntryIndex = receipt.Index.Value;
        answer.LedgerSize = receipt.DurableSize;
        return (answer, null);
    }

    private static Record ToRecord(ActivateRulesRequest act, ProcedureRules rules) => new()
    {
        Preconditions = { new StreamPrecondition { Stream = Stream, AnyVersion = true } },
        Sensitivity = Sensitivity.Internal,
        ProcedureRulesActivated = new ProcedureRulesActivated
        {
            Content = act.Content,
            Sha256 = ByteString.CopyFrom(SHA256.HashData(act.Content.Span)),
            Version = rules.Version,
            Reason = act.Reason.Trim(),
            ActorId = act.Actor.Id,
            ActorName = act.Actor.Name,
        },
    };
}
