using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

internal sealed record FakeEntry(byte[] Leaf, byte[] Salt, byte[] Envelope)
{
    public ushort Type => LeafFormat.TryParse(Leaf, out var leaf) ? leaf.Type : (ushort)0;

    public Sha256Hash Hash => MerkleHashing.Leaf(Leaf);
}
