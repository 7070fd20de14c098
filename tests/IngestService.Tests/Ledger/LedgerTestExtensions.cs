using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Ledger;

internal static class LedgerTestExtensions
{
    public static async Task<AppendOutcome> AppendAsync(this LedgerCore core, AppendRequest request) =>
        await (await core.Appender.AppendAsync(request, TestContext.Current.CancellationToken)).Outcome.WaitAsync(TimeSpan.FromSeconds(30));

    public static async Task<AppendReceipt> ReceiptAsync(this LedgerCore core, AppendRequest request)
    {
        var outcome = await core.AppendAsync(request);
        Assert.Null(outcome.Refusal);
        return Assert.IsType<AppendReceipt>(outcome.Receipt);
    }

    public static async Task<RefusalCode> RefusalAsync(this LedgerCore core, AppendRequest request) =>
        Assert.IsType<RefusalDetail>((await core.AppendAsync(request)).Refusal).Code;

    public static Task<FactOutcome> FactAsync(this LedgerCore core, Record record, LeafOrigin origin = LeafOrigin.Operator) =>
        core.Facts.AppendAsync(origin, record, TestContext.Current.CancellationToken);

    /// <summary>Same place, same leaf, same salt, byte for byte.</summary>
    public static void AssertOriginal(this AppendReceipt copy, AppendReceipt original, ReceiptCode code)
    {
        Assert.Equal(original.Index, copy.Index);
        Assert.True(original.Leaf.Span.SequenceEqual(copy.Leaf.Span));
        Assert.True(original.Salt.Span.SequenceEqual(copy.Salt.Span));
        Assert.Equal(code, copy.Code);
        Assert.True(copy.DurableSize > copy.Index.Value);
    }

    /// <summary>What a producer does with a receipt: its own bytes against the leaf.</summary>
    public static void AssertCovers(this AppendReceipt receipt, AppendRequest request)
    {
        Assert.True(LeafFormat.TryParse(receipt.Leaf.Span, out var leaf));
        Assert.Equal(Commitment.Compute(receipt.Salt.Span, request.Envelope.Span), leaf.Commitment);
        Assert.True(leaf.Matches(request.Identity));
    }

    public static List<LedgerEntry> AllEntries(this LedgerCore core)
    {
        var all = new List<LedgerEntry>();
        while (core.Reader.ReadFrom(new EntryIndex((ulong)all.Count), 1000) is { Count: > 0 } page)
            all.AddRange(page);
        return all;
    }
}
