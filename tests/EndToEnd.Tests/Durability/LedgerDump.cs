using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Grpc.Net.Client;
using Wire = EdgeEnforcement.Contracts.V1;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>The whole ledger as a stranger reads it: entries and proofs over the wire, checked with the library only.</summary>
internal sealed class LedgerDump
{
    public required Checkpoint Checkpoint { get; init; }
    public required IReadOnlyList<(Leaf Leaf, byte[] LeafBytes, Record? Record)> Entries { get; init; }

    /// <summary>Reads every entry up to the newest checkpoint and proves each one under it; throws at the first that cannot be proved.</summary>
    public static async Task<LedgerDump> ReadAsync(GrpcChannel channel, CancellationToken cancellation)
    {
        var ledger = new Wire.Ledger.LedgerClient(channel);
        var answer = await ledger.GetCheckpointAsync(new GetCheckpointRequest(), cancellationToken: cancellation);
        Assert.True(LedgerFollower.TryCreate(NoteVerifier.TryParse(answer.VerifierKey, out var verifier) ? verifier.Name : "", answer.VerifierKey, [], out var follower));
        Assert.Equal(CheckpointFinding.Consistent, follower!.Accept(answer.Note.Span, []));
        var checkpoint = follower!.Last!;

        var entries = new List<(Leaf, byte[], Record?)>();
        for (ulong index = 0; index < checkpoint.Size; index++)
        {
            var entry = await ledger.GetEntryAsync(new GetEntryRequest { Index = index }, cancellationToken: cancellation);
            var proof = await ledger.GetInclusionProofAsync(new InclusionProofRequest { Index = index, TreeSize = checkpoint.Size }, cancellationToken: cancellation);
            Assert.True(ProofPath.TryParse(proof.Path, out var path));
            Assert.Equal(ProofFinding.Proven, RecordProof.Check(entry.Leaf.Span, index, path, checkpoint));
            Assert.True(LeafFormat.TryParse(entry.Leaf.Span, out var leaf));
            Assert.Equal(leaf.Commitment, Commitment.Compute(entry.Salt.Span, entry.Envelope.Span));
            EnvelopeReader.TryRead(entry.Envelope.Memory, out var opened);
            entries.Add((leaf, entry.Leaf.ToByteArray(), opened.Record));
        }

        return new LedgerDump { Checkpoint = checkpoint, Entries = entries };
    }
}
