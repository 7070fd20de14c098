using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>
/// The leaf hash of the last entry before a cursor, kept beside it. A position alone says how long the ledger was, not which one it was:
/// a file that was folded from entries this ledger does not hold (a restored back-up, a tail that was cut and grew again) would be gone on
/// with once the ledger is long enough. Salted commitment and ingest time make no two leaves alike.
/// </summary>
internal static class CursorMark
{
    public static byte[] Of(LedgerEntry entry) => Of(entry.LeafBytes);

    public static byte[] Of(ReadOnlyMemory<byte> leaf) => MerkleHashing.Leaf(leaf.Span).ToArray();

    /// <summary>Of a file that begins.</summary>
    public static byte[] None => [];

    /// <summary>Null when the file at this position, with this mark, was folded from this ledger; else what is wrong.</summary>
    public static string? Foreign(ILedgerReader ledger, ulong position, ReadOnlySpan<byte> mark)
    {
        if (position > ledger.DurableSize)
            return $"the file is at entry {position}, beyond the ledger's end";
        byte[] expected = position == 0 ? None : Of(ledger.Read(new EntryIndex(position - 1)));
        return mark.SequenceEqual(expected) ? null : $"the file was folded from another entry {position - 1} than the ledger holds";
    }
}
