using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;
using Grpc.Core;
using LedgerStubs = EdgeEnforcement.Contracts.V1.Ledger;

namespace EdgeEnforcement.IngestService.Ledger.Proofs;

/// <summary>The service of ledger.proto: the newest checkpoint, proofs under it, and entries as stored.</summary>
internal sealed class LedgerProofsHandler(ILedgerProofs proofs, ILedgerReader reader, ILedgerOrigins origins) : LedgerStubs.LedgerBase
{
    public override async Task<CheckpointAnswer> GetCheckpoint(GetCheckpointRequest request, ServerCallContext context)
    {
        var checkpoint = await proofs.WaitForSizeAsync(request.AtLeastSize, context.CancellationToken);
        return new CheckpointAnswer { Note = ByteString.CopyFrom(checkpoint.Note.Span), VerifierKey = proofs.VerifierKey };
    }

    public override Task<InclusionProofAnswer> GetInclusionProof(InclusionProofRequest request, ServerCallContext context)
    {
        var newest = proofs.Newest;
        var size = request.TreeSize == 0 ? newest.Checkpoint.Size : request.TreeSize;
        var answer = new InclusionProofAnswer { Index = request.Index, TreeSize = size };
        answer.Path.AddRange(Hashes(proofs.Inclusion(new EntryIndex(request.Index), size),
            $"entry {request.Index} under size {size}: the newest checkpoint has {newest.Checkpoint.Size}"));
        if (size == newest.Checkpoint.Size)
            answer.Checkpoint = ByteString.CopyFrom(newest.Note.Span);
        return Task.FromResult(answer);
    }

    public override Task<ConsistencyProofAnswer> GetConsistencyProof(ConsistencyProofRequest request, ServerCallContext context)
    {
        var answer = new ConsistencyProofAnswer();
        answer.Path.AddRange(Hashes(proofs.Consistency(request.FromSize, request.ToSize),
            $"from size {request.FromSize} to {request.ToSize}: the newest checkpoint has {proofs.Newest.Checkpoint.Size}"));
        return Task.FromResult(answer);
    }

    public override Task<EntryAnswer> GetEntry(GetEntryRequest request, ServerCallContext context)
    {
        if (request.Index >= reader.DurableSize)
            throw new RefusalDetail(RefusalCode.NoSuchEntry, $"entry {request.Index}: the ledger holds {reader.DurableSize}").ToRpcException();
        var entry = reader.Read(new EntryIndex(request.Index));
        return Task.FromResult(new EntryAnswer
        {
            Index = request.Index,
            Leaf = ByteString.CopyFrom(entry.LeafBytes.Span),
            Salt = ByteString.CopyFrom(entry.Salt.Span),
            Envelope = ByteString.CopyFrom(entry.Envelope.Span),
        });
    }

    public override Task<OriginsAnswer> GetOrigins(GetOriginsRequest request, ServerCallContext context)
    {
        var answer = new OriginsAnswer();
        foreach (var origin in origins.All)
            answer.Origins.Add(new OriginStep { Origin = origin.Name, VerifierKey = origin.VerifierKey, FromSize = origin.FromSize });
        return Task.FromResult(answer);
    }

    /// OUT_OF_RANGE is the wire contract's word for a question above the checkpoint; it is no refusal of a record.
    private static IEnumerable<ByteString> Hashes(IReadOnlyList<Sha256Hash>? path, string question) =>
        path?.Select(hash => ByteString.CopyFrom(hash.ToArray())) ?? throw new RpcException(new Status(StatusCode.OutOfRange, question));
}
