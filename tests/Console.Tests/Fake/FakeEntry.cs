using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

internal sealed record FakeEntry(byte[] Leaf, byte[] Salt, byte[] Envelope)
{
    public Sha256Hash Hash => MerkleHashing.Leaf(Leaf);
}
