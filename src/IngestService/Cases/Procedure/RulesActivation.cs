using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Cases.Procedure;

/// <summary>Puts a file of rules in force, or says everything that is wrong with it. The old rules stay until the new ones are durable.</summary>
internal sealed class RulesActivation(
    IProducerMarks marks, ILedgerReader ledger, IProjectionFeed feed, IProcedureQueries procedure, IFactAppender appender)
{
    private const string Stream = "procedure/rules";

    /// <returns>Exactly one of the two.</returns>
    public async Task<(ActivateRulesAnswer? Answer, RefusalDetail? Refusal)> RunAsync(ActivateRulesRequest act, CancellationToken cancellation)
    {
        if ((ActRules.Actor(act.Actor) ?? ActRules.Reason(act.Reason)) is { } incomplete)
            return (null, incomplete);
        ulong version = marks.StreamVersion(Stream);
        await feed.WaitForAsync(ledger.DurableSize, cancellation);
        ProcedureRules? rules = ProcedureRulesParser.TryParse(act.Content.Span, out IReadOnlyList<string> errors);
        ActivateRulesAnswer answer = new() { Version = rules?.Version ?? "" };
        answer.Errors.AddRange(errors);
        byte[] sha256 = SHA256.HashData(act.Content.Span);
        if (rules is not null && procedure.CurrentRules is { } current && current.Rules.Version == rules.Version)
        {
            if (!act.Content.Span.SequenceEqual(procedure.RulesContent(current.Entry)))
                answer.Errors.Add($"version: '{rules.Version}' is in force with other content: a change has a version of its own");
            else
                (answer.EntryIndex, answer.LedgerSize) = (current.Entry, ledger.DurableSize); // sent twice: it is in force already
        }

        return answer.Errors.Count > 0 || answer.LedgerSize > 0 || act.DryRun || rules is null
            ? (answer, null)
            : await AppendAsync(act, answer, sha256, version, cancellation);
    }

    private async Task<(ActivateRulesAnswer? Answer, RefusalDetail? Refusal)> AppendAsync(
        ActivateRulesRequest act, ActivateRulesAnswer answer, byte[] sha256, ulong version, CancellationToken cancellation)
    {
        FactOutcome appended = await appender.AppendAsync(LeafOrigin.Operator, new Record
        {
            Sensitivity = Sensitivity.Internal,
            Preconditions = { new StreamPrecondition { Stream = Stream, ExpectedVersion = version } },
            ProcedureRulesActivated = new ProcedureRulesActivated
            {
                Content = act.Content, Sha256 = ByteString.CopyFrom(sha256), Version = answer.Version, Reason = act.Reason.Trim(),
                ActorId = act.Actor.Id, ActorName = act.Actor.Name,
            },
        }, cancellation);
        if (appended.Outcome.Receipt is not { } receipt)
            return (null, appended.Outcome.Refusal); // exactly one of the two is set
        (answer.EntryIndex, answer.LedgerSize) = (receipt.Index.Value, receipt.DurableSize);
        return (answer, null);
    }
}
