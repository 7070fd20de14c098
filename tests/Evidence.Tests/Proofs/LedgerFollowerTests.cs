namespace EdgeEnforcement.Evidence.Tests;

public sealed class LedgerFollowerTests : IDisposable
{
    private const string Origin = "ledger.example/ee";

    private readonly SigningKey _key = SigningKey.Create();
    private readonly NoteSigner _signer;
    private readonly Sha256Hash[] _leaves = ReferenceTree.LeafHashes(40);

    public LedgerFollowerTests() => _signer = new NoteSigner(Origin, _key);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Accept_AGrowingLedger_IsConsistentAllTheWay_AndSurvivesARestart()
    {
        var follower = Follow();
        Assert.Null(follower.Last);
        foreach (var size in (int[])[0, 1, 1, 7, 8, 33, 40])
        {
            Assert.Equal(CheckpointFinding.Consistent, follower.Accept(Note(size), Proof(follower.Last, size)));
            Assert.Equal((ulong)size, follower.Last!.Size);
            follower = Follow(follower.LastNote.ToArray());
            Assert.Equal((ulong)size, follower.Last!.Size);
        }
    }

    [Fact]
    public void Accept_EachLie_HasItsName_AndMovesNothing()
    {
        var follower = Follow();
        Assert.Equal(CheckpointFinding.Consistent, follower.Accept(Note(10), []));
        using var otherKey = SigningKey.Create();
        var proof = Proof(follower.Last, 20);
        var forkedRoot = Checkpoint(20) with { Root = ReferenceTree.LeafHash(99) };

        Assert.Equal(CheckpointFinding.Smaller, follower.Accept(Note(9), []));
        Assert.Equal(CheckpointFinding.Forked, follower.Accept((Checkpoint(10) with { Root = ReferenceTree.LeafHash(1) }).Sign(_signer).Render(), []));
        Assert.Equal(CheckpointFinding.NotProven, follower.Accept(forkedRoot.Sign(_signer).Render(), proof));
        Assert.Equal(CheckpointFinding.NotProven, follower.Accept(Note(20), []));
        Assert.Equal(CheckpointFinding.NotProven, follower.Accept(Note(20), Proof(follower.Last, 21)));
        Assert.Equal(CheckpointFinding.WrongOrigin, follower.Accept((Checkpoint(20) with { Origin = "x" }).Sign(_signer).Render(), proof));
        Assert.Equal(CheckpointFinding.UnknownKey, follower.Accept(Checkpoint(20).Sign(new NoteSigner(Origin, otherKey)).Render(), proof));
        Assert.Equal(CheckpointFinding.Malformed, follower.Accept([], proof));
        Assert.Equal(CheckpointFinding.Malformed, follower.Accept(SignedNote.Create("no checkpoint\n"u8, _signer).Render(), proof));
        Assert.Equal(CheckpointFinding.BadSignature, follower.Accept(WithTextOf(Note(20), Note(19)), proof));

        Assert.Equal(10UL, follower.Last!.Size);
        Assert.Equal(CheckpointFinding.Consistent, follower.Accept(Note(20), proof));
    }

    [Fact]
    public void TryCreate_KeyOfAnotherNameOrAForeignStoredNote_IsRefused()
    {
        using var otherKey = SigningKey.Create();

        Assert.False(LedgerFollower.TryCreate("other/ledger", _signer.VerifierKey, [], out _));
        Assert.False(LedgerFollower.TryCreate(Origin, "rubbish", [], out _));
        Assert.False(LedgerFollower.TryCreate(Origin, new NoteSigner(Origin, otherKey).VerifierKey, Note(3), out _));
    }

    [Fact]
    public void RecordProof_UnderAnAcceptedCheckpoint()
    {
        byte[] leaf = [.. "leaf 6"u8];
        Sha256Hash[] path = [.. ReferenceTree.Path(6, _leaves.AsSpan(0, 10))];

        Assert.Equal(ProofFinding.Proven, RecordProof.Check(leaf, 6, path, Checkpoint(10)));
        Assert.Equal(ProofFinding.NotProven, RecordProof.Check(leaf, 7, path, Checkpoint(10)));
        Assert.Equal(ProofFinding.NotProven, RecordProof.Check("leaf 5"u8, 6, path, Checkpoint(10)));
        Assert.Equal(ProofFinding.NotCovered, RecordProof.Check(leaf, 10, path, Checkpoint(10)));
    }

    private LedgerFollower Follow(byte[]? stored = null)
    {
        Assert.True(LedgerFollower.TryCreate(Origin, _signer.VerifierKey, stored ?? [], out var follower));
        return follower;
    }

    private Checkpoint Checkpoint(int size) => new(Origin, (ulong)size, ReferenceTree.Root(_leaves.AsSpan(0, size)));

    private byte[] Note(int size) => Checkpoint(size).Sign(_signer).Render();

    private Sha256Hash[] Proof(Checkpoint? from, int to) =>
        from is null or { Size: 0 } ? [] : [.. ReferenceTree.Proof((int)from.Size, _leaves.AsSpan(0, to))];

    private static byte[] WithTextOf(byte[] signed, byte[] other)
    {
        Assert.True(SignedNote.TryParse(signed, out var a));
        Assert.True(SignedNote.TryParse(other, out var b));
        return [.. b.Text.Span, .. signed.AsSpan(a.Text.Length)];
    }
}
