using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

internal sealed class FakeLedger(FakeWorld world) : Ledger.LedgerBase
{
    public override Task<CheckpointAnswer> GetCheckpoint(GetCheckpointRequest request, ServerCallContext context)
    {
        lock (world.Gate)
            return Task.FromResult(new CheckpointAnswer { Note = ByteString.CopyFrom(world.Book.Note()), VerifierKey = world.Book.Signer.VerifierKey });
    }

    public override Task<InclusionProofAnswer> GetInclusionProof(InclusionProofRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var answer = new InclusionProofAnswer { Index = request.Index, TreeSize = request.TreeSize };
            answer.Path.AddRange(ProofPath.ToWire(world.Book.Inclusion(request.Index, request.TreeSize)));
            return Task.FromResult(answer);
        }
    }

    public override Task<ConsistencyProofAnswer> GetConsistencyProof(ConsistencyProofRequest request, ServerCallContext context)
    {
        lock (world.Gate)
        {
            var answer = new ConsistencyProofAnswer();
            answer.Path.AddRange(ProofPath.ToWire(world.Book.Consistency(request.FromSize, request.ToSize)));
            return Task.FromResult(answer);
        }
    }

    public override async Task<EntryAnswer> GetEntry(GetEntryRequest request, ServerCallContext context)
    {
        await world.EntriesFlow.WaitAsync(context.CancellationToken);
        lock (world.Gate)
        {
            if (request.Index >= world.Book.Size)
                throw new RpcException(new Status(StatusCode.NotFound, "no such entry"));
            var entry = world.Book[request.Index];
            return new EntryAnswer
            {
                Index = request.Index, Leaf = ByteString.CopyFrom(entry.Leaf), Salt = ByteString.CopyFrom(entry.Salt), Envelope = ByteString.CopyFrom(entry.Envelope),
            };
        }
    }
}
