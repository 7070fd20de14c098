using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Record = EdgeEnforcement.Contracts.V1.Record;
using static EdgeEnforcement.Testing.Exploration.BrokenPromiseException;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>What must hold of a ledger after every action, whatever was cut, lost or sent again.</summary>
internal static class CommitPromises
{
    public static void Check(DurableLedger durable, IReadOnlyList<Message> cast, IReadOnlyCollection<Checkpoint> signed)
    {
        foreach (var message in cast)
        {
            foreach (var receipt in message.Receipts)
                Receipt(durable, message, receipt);
            foreach (var refusal in message.Refusals)
                Refusal(durable, message, refusal);
        }
        Identities(durable);
        Streams(durable);
        Conflicts(durable);
        Signatures(durable, signed);
    }

    private static void Receipt(DurableLedger durable, Message message, AppendReceipt receipt)
    {
        var index = receipt.Index.Value;
        Unless(index < (ulong)durable.Entries.Count,
            $"{message.Name} has a receipt for entry {index}, but {durable.Entries.Count} entries are durable");
        Unless(receipt.DurableSize > index && receipt.DurableSize <= (ulong)durable.Entries.Count,
            $"the receipt of {message.Name} says {receipt.DurableSize} entries are durable, there are {durable.Entries.Count}");
        var entry = durable.Entries[(int)index];
        Unless(entry.LeafBytes.Span.SequenceEqual(receipt.Leaf.Span), $"entry {index} is not the leaf of {message.Name}'s receipt");
        Unless(entry.Salt.Span.SequenceEqual(receipt.Salt.Span), $"entry {index} has not the salt of {message.Name}'s receipt");
        Unless(Message.IsSameEntry(receipt, message.Receipts[0]), $"{message.Name} was answered with two entries");
        if (message.Envelope is { } envelope)
            Unless(entry.Envelope.Span.SequenceEqual(envelope.Span), $"entry {index} does not hold the bytes of {message.Name}");
        Unless(Commitment.Compute(entry.Salt.Span, entry.Envelope.Span) == entry.Leaf.Commitment, $"entry {index}: the commitment does not fit");
        if (receipt.Code != ReceiptCode.Duplicate)
            Unless(entry.Leaf.Flags.HasFlag(LeafFlags.Conflict) == (receipt.Code == ReceiptCode.Conflict),
                $"the receipt of {message.Name} says {receipt.Code}, the leaf {entry.Leaf.Flags}");
    }

    // Who is told that another was first must be able to see the other one.
    private static void Refusal(DurableLedger durable, Message message, RefusalDetail refusal)
    {
        Unless(refusal.Code == RefusalCode.Conflict, $"{message.Name} was refused: {refusal.Code} {refusal.Detail}");
        Unless(durable.Entries.Any(IsConditional), $"{message.Name} was refused for a winner that is not durable");
    }

    private static void Identities(DurableLedger durable)
    {
        var taken = new HashSet<(string, uint, byte, ulong, Sha256Hash?)>();
        foreach (var entry in durable.Entries)
        {
            var leaf = entry.Leaf;
            Sha256Hash? content = leaf.Flags.HasFlag(LeafFlags.Conflict) ? PayloadFingerprint.Of(entry.Envelope) : null;
            Unless(taken.Add((leaf.Producer, leaf.Epoch, leaf.Class, leaf.Sequence, content)),
                $"entry {entry.Index}: {leaf.Producer} sequence {leaf.Sequence} is in the ledger twice");
        }
    }

    private static void Streams(DurableLedger durable)
    {
        var versions = new Dictionary<string, ulong>();
        foreach (var entry in durable.Entries)
            foreach (var precondition in PreconditionsOf(entry))
            {
                var version = versions.GetValueOrDefault(precondition.Stream);
                Unless(precondition.ExpectedVersion == version,
                    $"entry {entry.Index} was taken at version {version} of {precondition.Stream}, it expected {precondition.ExpectedVersion}");
                versions[precondition.Stream] = version + 1;
            }
    }

    private static void Conflicts(DurableLedger durable)
    {
        var facts = durable.Entries.Where(e => e.Leaf.Type == Record.IdentityConflictFieldNumber)
            .Select(e => DurableLedger.BodyOf(e).IdentityConflict).ToList();
        foreach (var entry in durable.Entries.Where(e => e.Leaf.Flags.HasFlag(LeafFlags.Conflict)))
        {
            Unless(facts.Count(f => f.ConflictIndex == entry.Index.Value) == 1, $"conflict entry {entry.Index} is not named by exactly one fact");
            var original = durable.Entries[(int)facts.First(f => f.ConflictIndex == entry.Index.Value).OriginalIndex];
            Unless(original.Leaf.Producer == entry.Leaf.Producer && original.Leaf.Sequence == entry.Leaf.Sequence
                && !original.Leaf.Flags.HasFlag(LeafFlags.Conflict), $"conflict entry {entry.Index} names entry {original.Index} as its original");
        }
    }

    // The leaves only grow, so checkpoints that fit the same leaves are consistent with each other.
    private static void Signatures(DurableLedger durable, IReadOnlyCollection<Checkpoint> signed)
    {
        foreach (var checkpoint in signed)
        {
            Unless(checkpoint.Size <= (ulong)durable.Entries.Count,
                $"size {checkpoint.Size} was signed, but {durable.Entries.Count} entries are durable");
            Unless(durable.RootOf(checkpoint.Size) == checkpoint.Root, $"the root signed for size {checkpoint.Size} is not that of the entries");
        }
        Unless(durable.LastSigned <= (ulong)durable.Entries.Count, $"the floor {durable.LastSigned} is above the durable end");
        Unless(durable.Published <= durable.LastSigned,
            $"size {durable.Published} is published for good, the last signed one that is durable is {durable.LastSigned}");
    }

    public static bool IsConditional(LedgerEntry entry) => PreconditionsOf(entry).Count > 0;

    private static Google.Protobuf.Collections.RepeatedField<StreamPrecondition> PreconditionsOf(LedgerEntry entry) =>
        entry.Leaf.Origin == LeafOrigin.Producer ? [] : DurableLedger.BodyOf(entry).Preconditions;
}
