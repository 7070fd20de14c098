using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

/// <summary>RFC 6962 2.1 as it is written, recursively: slow, short, and not the code under test.</summary>
internal static class FakeTree
{
    public static Sha256Hash Root(IReadOnlyList<Sha256Hash> leaves) => leaves.Count switch
    {
        0 => MerkleHashing.EmptyRoot,
        1 => leaves[0],
        _ => MerkleHashing.Node(Root(Left(leaves)), Root(Right(leaves))),
    };

    public static List<Sha256Hash> Inclusion(int index, IReadOnlyList<Sha256Hash> leaves)
    {
        if (leaves.Count == 1)
            return [];
        var split = Split(leaves.Count);
        return index < split
            ? [.. Inclusion(index, Left(leaves)), Root(Right(leaves))]
            : [.. Inclusion(index - split, Right(leaves)), Root(Left(leaves))];
    }

    public static List<Sha256Hash> Consistency(int from, IReadOnlyList<Sha256Hash> leaves) => SubProof(from, leaves, whole: true);

    private static List<Sha256Hash> SubProof(int from, IReadOnlyList<Sha256Hash> leaves, bool whole)
    {
        if (from == leaves.Count)
            return whole ? [] : [Root(leaves)];
        var split = Split(leaves.Count);
        return from <= split
            ? [.. SubProof(from, Left(leaves), whole), Root(Right(leaves))]
            : [.. SubProof(from - split, Right(leaves), whole: false), Root(Left(leaves))];
    }

    private static Sha256Hash[] Left(IReadOnlyList<Sha256Hash> leaves) => [.. leaves.Take(Split(leaves.Count))];

    private static Sha256Hash[] Right(IReadOnlyList<Sha256Hash> leaves) => [.. leaves.Skip(Split(leaves.Count))];

    private static int Split(int count)
    {
        var split = 1;
        while (split * 2 < count)
            split *= 2;
        return split;
    }
}
