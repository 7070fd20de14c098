using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>An entry of the group that is being written: it has its index, and after <c>Write</c> its bytes.</summary>
internal sealed class StagedEntry(ulong index, AppendRequest request, LeafFlags flags)
{
    public ulong Index { get; } = index;

    public AppendRequest Request { get; } = request;

    public LeafFlags Flags { get; } = flags;

    /// <summary>What <see cref="Leaf"/> says; set with it.</summary>
    public Leaf Content { get; set; } = null!; // read after Write only

    public byte[] Leaf { get; set; } = [];

    public ReadOnlyMemory<byte> Salt { get; set; }

    public Sha256Hash LeafHash { get; set; }
}
