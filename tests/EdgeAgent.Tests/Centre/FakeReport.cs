using EdgeEnforcement.Contracts.V1;
using Grpc.Core;

namespace EdgeEnforcement.EdgeAgent.Tests.Centre;

internal sealed class FakeReport(FakeAnswers answers, FakeCentreFaults faults) : Report.ReportBase
{
    public override async Task Stream(
        IAsyncStreamReader<ReportRequest> requestStream, IServerStreamWriter<ReportResponse> responseStream, ServerCallContext context)
    {
        Interlocked.Increment(ref faults.Streams);
        if (faults.ReportIsAway)
            throw new RpcException(new Status(StatusCode.Unavailable, "away"));
        if (!await requestStream.MoveNext(context.CancellationToken))
            return;
        var hello = requestStream.Current.Hello;
        await responseStream.WriteAsync(answers.To(hello));
        while (await requestStream.MoveNext(context.CancellationToken))
        {
            var request = requestStream.Current;
            if (hello.Lane == faults.StalledLane)
                await faults.Released.Task.WaitAsync(context.CancellationToken);
            await responseStream.WriteAsync(answers.To(request));
            if (faults.DropsNow())
                throw new RpcException(new Status(StatusCode.Unavailable, "dropped by the test"));
        }
    }
}
