using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Door.Streams;

/// <summary>Outcomes as messages of the wire contract. Leaf and salt are wrapped, not copied: an outcome is never changed.</summary>
internal static class AnswerFormatter
{
    public static Receipt Receipt(AppendReceipt receipt, string origin, RefusalCode? quarantinedAs) => new()
    {
        Origin = origin,
        Index = receipt.Index.Value,
        DurableSize = receipt.DurableSize,
        Leaf = UnsafeByteOperations.UnsafeWrap(receipt.Leaf),
        Salt = UnsafeByteOperations.UnsafeWrap(receipt.Salt),
        Code = quarantinedAs is null ? receipt.Code : ReceiptCode.Quarantined,
        RefusalCode = (uint)(quarantinedAs ?? 0),
    };

    public static ReportResponse Response(ulong correlation, AppendOutcome outcome, string origin, RefusalCode? quarantinedAs) =>
        outcome.Receipt is { } receipt
            ? new ReportResponse { Correlation = correlation, Receipt = Receipt(receipt, origin, quarantinedAs) }
            : Response(correlation, outcome.Refusal!); // an outcome is exactly one of the two

    public static ReportResponse Response(ulong correlation, RefusalDetail refusal) =>
        new() { Correlation = correlation, Refusal = refusal.ToMessage() };
}
