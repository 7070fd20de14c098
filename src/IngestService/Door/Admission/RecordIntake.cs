using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>
/// From envelope bytes to an answer that will come: the part every door shares. Judging may run ahead on any thread; appending
/// is called in the order the records came in, by one caller per connection.
/// </summary>
internal sealed class RecordIntake(
    EnvelopeAdmission admission, QuarantineQuota quota, ILedgerAppender ledger, IFactAppender facts, DoorMetrics metrics, TimeProvider time)
{
    // The fact that keeps an envelope is itself an envelope under the same limit.
    private const int LargestKeptBytes = EnvelopeReader.MaxBytes - 4096;

    public Verdict Judge(ReadOnlyMemory<byte> envelope, RegisteredProducer producer, uint confirmedEpoch) =>
        admission.Judge(envelope, producer, confirmedEpoch);

    /// <summary>Waits for room in the ledger's queue, not for the outcome.</summary>
    public async ValueTask<PendingAnswer> AppendAsync(
        Verdict verdict, RegisteredProducer producer, ulong correlation, CancellationToken cancellation)
    {
        var since = time.GetTimestamp();
        if (verdict.Request is { } request)
        {
            metrics.Received(request.Envelope.Length);
            var ticket = await ledger.AppendAsync(request, cancellation);
            return new PendingAnswer(correlation, since, ticket.Outcome, null, null);
        }

        var refusal = verdict.Refusal;
        if (verdict.Quarantine is { } reason)
        {
            refusal = verdict.Envelope.Length > LargestKeptBytes
                ? new RefusalDetail(RefusalCode.TooLarge, $"unreadable ({reason.Detail}), and too large to be kept in an entry of its own")
                : quota.Take(producer.Name, verdict.Envelope.Length);
            if (refusal is null)
                return new PendingAnswer(correlation, since, KeepAsync(producer, reason, verdict.Envelope, cancellation), null, reason.Code);
        }
        return new PendingAnswer(correlation, since, null, refusal, null);
    }

    private async Task<AppendOutcome> KeepAsync(
        RegisteredProducer producer, RefusalDetail reason, ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        var fact = new Record
        {
            SourceDevice = producer.Name,
            Sensitivity = Sensitivity.Internal,
            RecordQuarantined = new RecordQuarantined
            {
                Producer = producer.Name,
                Code = (uint)reason.Code,
                Detail = reason.Detail,
                Envelope = ByteString.CopyFrom(envelope.Span),
            },
        };
        return (await facts.AppendAsync(LeafOrigin.Ledger, fact, cancellation)).Outcome;
    }
}
