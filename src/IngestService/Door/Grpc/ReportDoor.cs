using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Door.Streams;

/// <summary>Records in, receipts out (report.proto). The folder is Grpc, the namespace is not: it would hide the library's root.</summary>
internal sealed class ReportDoor(HelloHandler hellos, ReportStreamParts parts) : Report.ReportBase
{
    public override async Task Stream(
        IAsyncStreamReader<ReportRequest> requestStream, IServerStreamWriter<ReportResponse> responseStream, ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken)
            || requestStream.Current.MessageCase != ReportRequest.MessageOneofCase.Hello)
        {
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "the first message is a hello"));
        }

        var hello = requestStream.Current;
        if (hellos.Greet(hello.Hello, context.Peer, out var producer, out var answer) is { } refusal)
            throw refusal.ToRpcException();
        await responseStream.WriteAsync(
            new ReportResponse { Hello = answer!, Correlation = hello.Correlation }, context.CancellationToken);

        parts.Log.StreamOpened(producer!.Name, answer!.Epoch, hello.Hello.Lane, hello.Hello.AgentVersion);
        parts.Metrics.StreamOpened();
        using var stream = new ReportStream(parts, producer, answer);
        try
        {
            await stream.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
        finally
        {
            parts.Metrics.StreamClosed();
            parts.Log.StreamClosed(producer.Name, stream.AnswerCount);
        }
    }
}
