using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Grpc.Core;

namespace EdgeEnforcement.EdgeAgent.Tests.Centre;

internal sealed class FakeEnrolment(FakeLedger ledger) : Enrolment.EnrolmentBase
{
    public override Task<RegisterAnswer> Register(RegisterRequest request, ServerCallContext context)
    {
        Assert.True(RegistrationProof.Verify(request.Producer, request.PublicKey.Span, request.Proof.Span));
        return Task.FromResult(new RegisterAnswer { Origin = FakeLedger.Origin, CheckpointVkey = ledger.VerifierKey });
    }
}
