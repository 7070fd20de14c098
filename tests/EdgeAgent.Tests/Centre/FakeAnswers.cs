using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Tests.Centre;

/// <summary>What the fake service says, by whatever way it was asked.</summary>
internal sealed class FakeAnswers(FakeLedger ledger, FakeCentreFaults faults)
{
    public ReportResponse To(Hello hello)
    {
        ledger.Epoch = hello.NewEpoch ? ledger.Epoch + 1 : Math.Max(ledger.Epoch, hello.Epoch);
        return new ReportResponse
        {
            Hello = new HelloAnswer { Epoch = ledger.Epoch, Window = 16, Origin = FakeLedger.Origin, CheckpointVkey = ledger.VerifierKey },
        };
    }

    public ReportResponse To(ReportRequest request)
    {
        Assert.True(EnvelopeReader.TryRead(request.Envelope.Memory, out var opened));
        if (faults.Refuses(opened.Record!))
            return Refused(request, new Refusal { Code = 8, Name = "UNKNOWN_TYPE", Permanent = true });
        if (faults.Postpones(opened.Record!))
            return Refused(request, new Refusal { Code = 20, Name = "BUSY", Permanent = false });
        var receipt = ledger.Append(request.Envelope.ToByteArray());
        if (faults.WrongReceipts)
            receipt.Salt = ByteString.CopyFrom(Enumerable.Repeat((byte)0xEE, Commitment.SaltBytes).ToArray());
        return new ReportResponse { Correlation = request.Correlation, Receipt = receipt };
    }

    private static ReportResponse Refused(ReportRequest request, Refusal refusal)
    {
        (refusal.Detail, refusal.Stage) = ("by the test", "admitting");
        return new ReportResponse { Correlation = request.Correlation, Refusal = refusal };
    }
}
