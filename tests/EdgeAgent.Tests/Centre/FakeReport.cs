using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Grpc.Core;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Centre;

internal sealed class FakeReport(FakeLedger ledger, FakeCentreFaults faults) : Report.ReportBase
{
    public override async Task Stream(
        IAsyncStreamReader<ReportRequest> requestStream, IServerStreamWriter<ReportResponse> responseStream, ServerCallContext context)
    {
        Interlocked.Increment(ref faults.Streams);
        if (!await requestStream.MoveNext(context.CancellationToken))
            return;
        var hello = requestStream.Current.Hello;
        ledger.Epoch = hello.NewEpoch ? ledger.Epoch + 1 : Math.Max(ledger.Epoch, hello.Epoch);
        await responseStream.WriteAsync(new ReportResponse
        {
            Hello = new HelloAnswer { Epoch = ledger.Epoch, Window = 16, Origin = FakeLedger.Origin, CheckpointVkey = ledger.VerifierKey },
        });
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var request = requestStream.Current;
            if (hello.Lane == faults.StalledLane)
                await faults.Released.Task.WaitAsync(context.CancellationToken);
            await responseStream.WriteAsync(Answer(request));
            if (faults.DropsNow())
                throw new RpcException(new Status(StatusCode.Unavailable, "dropped by the test"));
        }
    }

    private ReportResponse Answer(ReportRequest request)
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
