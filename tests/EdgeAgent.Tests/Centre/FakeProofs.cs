using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.EdgeAgent.Tests.Centre;

internal sealed class FakeProofs(FakeLedger ledger, FakeCentreFaults faults) : Ledger.LedgerBase
{
    public override Task<CheckpointAnswer> GetCheckpoint(GetCheckpointRequest request, ServerCallContext context) =>
        Task.FromResult(new CheckpointAnswer { Note = ByteString.CopyFrom(ledger.Note()) });

    public override Task<InclusionProofAnswer> GetInclusionProof(InclusionProofRequest request, ServerCallContext context)
    {
        var answer = new InclusionProofAnswer { Index = request.Index, TreeSize = request.TreeSize };
        answer.Path.AddRange(ledger.Inclusion((int)request.Index, (int)request.TreeSize));
        if (EnvelopeReader.TryRead(ledger.EnvelopeAt(request.Index), out var opened) && faults.LiesAboutInclusion(opened.Record!))
            answer.Path[0] = ByteString.CopyFrom(new byte[Sha256Hash.SizeBytes]);
        return Task.FromResult(answer);
    }

    public override Task<EntryAnswer> GetEntry(GetEntryRequest request, ServerCallContext context) => Task.FromResult(ledger.EntryAt(request.Index));

    public override Task<ConsistencyProofAnswer> GetConsistencyProof(ConsistencyProofRequest request, ServerCallContext context)
    {
        var answer = new ConsistencyProofAnswer();
        answer.Path.AddRange(ledger.Consistency((int)request.FromSize, (int)request.ToSize));
        return Task.FromResult(answer);
    }
}
