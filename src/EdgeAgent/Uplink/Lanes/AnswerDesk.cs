using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink.Lanes;

/// What an answer does. A receipt is recomputed from our own bytes before anything moves; a receipt that does not fit is an alarm and
/// moves nothing.
internal sealed class AnswerDesk(
    ReceiptStore receipts, RefusedRecords refused, AgentSpool spool, PinnedLedger pin, StationHealth health, AnswerDesk.Context context)
{
    /// Who we are, and what is counted and told.
    internal sealed record Context(IOptions<AgentOptions> Options, AgentMetrics Metrics, ILogger<AnswerDesk> Log);

    public async Task TakeAsync(LaneItem item, ReportResponse answer, CancellationToken cancellation)
    {
        switch (answer.MessageCase)
        {
            case ReportResponse.MessageOneofCase.Receipt:
                await TakeReceiptAsync(item, answer.Receipt, cancellation);
                break;
            case ReportResponse.MessageOneofCase.Refusal when answer.Refusal.Permanent:
                context.Metrics.Refusal(answer.Refusal.Name);
                await refused.TakeAsync(item.Key, item.Envelope, answer.Refusal, cancellation);
                break;
            case ReportResponse.MessageOneofCase.Refusal: // for now: the lane postpones it before it comes here
            case ReportResponse.MessageOneofCase.Hello:
            case ReportResponse.MessageOneofCase.None:
            default:
                throw new TransientFaultException($"The answer to {item.Key} is neither receipt nor refusal.");
        }
    }

    /// The record stays and is sent again; nothing is stored.
    public void Postponed(RecordKey key, Refusal refusal, bool begins)
    {
        context.Metrics.Refusal(refusal.Name);
        if (!begins)
            return;
        context.Log.RecordsWait(key.ToString(), refusal.Name, refusal.Detail);
        health.Uplink.Set($"connected; {key.Class} waits: {refusal.Name} {refusal.Detail}");
    }

    public void GoesOn(RecordKey key)
    {
        context.Log.RecordsGoOn(key.Class.ToString());
        health.Uplink.Set($"connected to {pin.Current?.Origin}");
    }

    private async Task TakeReceiptAsync(LaneItem item, Receipt receipt, CancellationToken cancellation)
    {
        var identity = new RecordIdentity
        {
            Producer = context.Options.Value.Producer,
            Epoch = item.Key.Epoch,
            RecordClass = item.Key.Class,
            Sequence = item.Key.Sequence,
        };
        var finding = ReceiptCheck.Verify(receipt, item.Envelope.Span, identity, pin.Current?.Speaking);
        if (finding is not (ReceiptFinding.Valid or ReceiptFinding.ValidErased))
        {
            var detail = FormattableString.Invariant($"{item.Key}, entry {receipt.Index}: {finding}");
            health.Alarms.Raise(StationAlarms.ReceiptMismatch, detail);
            context.Log.Alarm(StationAlarms.ReceiptMismatch, detail);
            throw new TransientFaultException("A receipt does not fit our bytes: " + detail);
        }
        var isAside = receipt.Code is ReceiptCode.Conflict or ReceiptCode.Quarantined;
        if (isAside)
        {
            var detail = FormattableString.Invariant($"{item.Key}, entry {receipt.Index}: {receipt.Code}");
            health.Alarms.Raise(StationAlarms.RecordKeptAside, detail);
            context.Log.Alarm(StationAlarms.RecordKeptAside, detail);
        }
        await receipts.AddAsync(isAside ? ReceiptKind.Aside : ReceiptKind.Record, item.Key, receipt, cancellation);
        context.Metrics.Receipt(receipt.Code.ToString());
        if (receipt.Code == ReceiptCode.Conflict)
            await spool.RequestRolloverAsync("conflict", cancellation);
    }
}
