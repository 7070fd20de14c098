using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Evidence.Tests;

/// <summary>The vectors in docs/formats hold: one record's way from envelope to leaf, receipt, tree and checkpoint.</summary>
public sealed class FormatPageTests
{
    private readonly FormatPage _envelope = new("envelope.md");
    private readonly FormatPage _leaf = new("leaf.md");
    private readonly FormatPage _checkpoint = new("checkpoint.md");

    [Fact]
    public void Envelope()
    {
        Assert.True(EnvelopeReader.TryRead(_envelope.Hex("envelope"), out var opened));

        Assert.Equal(_envelope.Hex("payload"), opened.Payload.ToByteArray());
        Assert.Equal(_envelope.Text("key_id"), KeyIds.Of(_envelope.Hex("spki")));
        Assert.Equal(_envelope.Text("key_id"), opened.Envelope!.Signatures[0].KeyId);
        Assert.Equal(_envelope.Hex("signature"), opened.Envelope.Signatures[0].Value.ToByteArray());
        Assert.Equal(_envelope.Hash("pae_sha256"), Sha256Hash.Of(Pae.Encode(opened.PayloadType, opened.Payload.Span)));
        Assert.True(EnvelopeVerifier.Verify(opened, _envelope.Hex("spki")));
        Assert.Equal("dock-01", opened.Identity!.Producer);
        Assert.Equal(2UL, opened.Identity.Sequence);
        var alert = opened.Record!.FieldAlert;
        Assert.Equal(alert.EpisodeId, EpisodeId.Derive("dock-01", alert.Rule, alert.Target, alert.EpisodeStart.ToDateTimeOffset()));
    }

    [Fact]
    public void Leaf()
    {
        var envelope = _envelope.Hex("envelope");
        var commitment = Commitment.Compute(_leaf.Hex("salt"), envelope);
        var leaf = new Leaf
        {
            Origin = LeafOrigin.Producer,
            Class = 1,
            Type = 24,
            Producer = "dock-01",
            Epoch = 1,
            Sequence = 2,
            EnvelopeLength = 348,
            IngestTimeMicros = 1767225601000000,
            Commitment = commitment,
        };

        Assert.Equal(348, envelope.Length);
        Assert.Equal(_leaf.Hash("commitment"), commitment);
        Assert.Equal(_leaf.Hex("leaf"), LeafFormat.ToArray(leaf));
        Assert.True(LeafFormat.TryParse(_leaf.Hex("leaf"), out var parsed));
        Assert.Equal(leaf, parsed);
        Assert.Equal(_leaf.Hash("leaf_hash"), MerkleHashing.Leaf(_leaf.Hex("leaf")));
    }

    [Fact]
    public void Receipt()
    {
        var receipt = Contracts.V1.Receipt.Parser.ParseFrom(new FormatPage("receipt.md").Hex("receipt"));
        Assert.True(EnvelopeReader.TryRead(_envelope.Hex("envelope"), out var opened));

        Assert.Equal((1UL, 3UL, ReceiptCode.Appended), (receipt.Index, receipt.DurableSize, receipt.Code));
        Assert.Equal(_leaf.Hex("leaf"), receipt.Leaf.ToByteArray());
        Assert.Equal(ReceiptFinding.Valid, ReceiptCheck.Verify(receipt, opened.Bytes.Span, opened.Identity!, "ledger.example/ee"));
    }

    [Fact]
    public void Manifest()
    {
        var page = new FormatPage("manifest.md");
        var (first, second) = (page.Hex("payload_1"), page.Hex("payload_2"));
        var manifest = Record.Parser.ParseFrom(first).MediaManifest;

        Assert.Equal(page.Hash("manifest_hash_1"), ManifestHash.Of(first));
        Assert.Equal(page.Hash("manifest_hash_2"), ManifestHash.Of(second));
        Assert.True(ManifestChain.Check([first, second]).IsIntact);
        Assert.Equal(ManifestChainBreak.WrongPrevious, ManifestChain.Check([first, second], Sha256Hash.Of([])).Break);
        Assert.Equal(Sha256Hash.Of("hello"u8).ToArray(), manifest.Digests[0].Value.ToByteArray());
        Assert.Equal(Sm3.HashData("hello"u8), manifest.Digests[1].Value.ToByteArray());
        Assert.Equal(manifest.Digests[0].Value, manifest.ChunkSha256);
        Assert.Equal(MediaHashOptions.DefaultChunkBytes, (int)manifest.ChunkBytes);
    }

    [Fact]
    public void TreeCheckpointAndNote()
    {
        Sha256Hash[] hashes = [MerkleHashing.Leaf("first"u8), MerkleHashing.Leaf(_leaf.Hex("leaf")), MerkleHashing.Leaf("third"u8)];
        Assert.Equal([_checkpoint.Hash("leaf_hash_0"), _leaf.Hash("leaf_hash"), _checkpoint.Hash("leaf_hash_2")], hashes);
        Assert.Equal(_checkpoint.Hash("root_2"), ReferenceTree.Root(hashes.AsSpan(0, 2)));
        Assert.Equal(_checkpoint.Hash("root_3"), ReferenceTree.Root(hashes));
        Assert.True(ProofVerifier.VerifyConsistency(2, _checkpoint.Hash("root_2"), 3, _checkpoint.Hash("root_3"), [hashes[2]]));

        Assert.True(LedgerFollower.TryCreate("ledger.example/ee", _checkpoint.Text("vkey"), _checkpoint.Note(), out var follower));
        Assert.Equal(new Checkpoint("ledger.example/ee", 3, _checkpoint.Hash("root_3")), follower.Last);
        Assert.Equal(ProofFinding.Proven, RecordProof.Check(_leaf.Hex("leaf"), 1, [hashes[0], hashes[2]], follower.Last!));
    }
}
