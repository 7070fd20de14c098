using EdgeEnforcement.GrpcTests.Protos;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.GrpcTests.Interop;

/// <summary>The server side of the interoperability cases; <c>python/interop_server.py</c> is the other one.</summary>
public sealed class InteropService : Protos.Interop.InteropBase
{
    private static readonly WriteOptions NoCompress = new(WriteFlags.NoCompress);

    public override Task<Empty> EmptyCall(Empty request, ServerCallContext context) => Task.FromResult(new Empty());

    public override async Task<UnaryResponse> UnaryCall(UnaryRequest request, ServerCallContext context)
    {
        await EchoMetadataAsync(context, request.CompressResponse);
        ThrowIfAsked(request.Outcome);
        return new UnaryResponse
        {
            Payload = Zeroes(request.ResponseBytes),
            RequestEncoding = context.GetHttpContext().Request.Headers["grpc-encoding"].ToString(),
        };
    }

    public override async Task<InputResponse> StreamingInputCall(IAsyncStreamReader<InputRequest> requestStream, ServerCallContext context)
    {
        var total = 0;
        await foreach (var request in requestStream.ReadAllAsync())
            total += request.Payload.Length;
        return new InputResponse { TotalBytes = total };
    }

    public override async Task StreamingOutputCall(
        OutputRequest request, IServerStreamWriter<OutputResponse> responseStream, ServerCallContext context)
    {
        await EchoMetadataAsync(context, request.Entries.Any(entry => entry.Compress));
        await AnswerAsync(request, responseStream);
    }

    public override async Task FullDuplexCall(
        IAsyncStreamReader<OutputRequest> requestStream, IServerStreamWriter<OutputResponse> responseStream, ServerCallContext context)
    {
        await EchoMetadataAsync(context, compresses: false);
        await foreach (var request in requestStream.ReadAllAsync())
        {
            ThrowIfAsked(request.Outcome);
            await AnswerAsync(request, responseStream);
        }
    }

    private static async Task AnswerAsync(OutputRequest request, IServerStreamWriter<OutputResponse> responseStream)
    {
        foreach (var entry in request.Entries)
        {
            responseStream.WriteOptions = entry.Compress ? WriteOptions.Default : NoCompress;
            await responseStream.WriteAsync(new OutputResponse { Payload = Zeroes(entry.Bytes) });
        }
    }

    private static void ThrowIfAsked(Outcome? outcome)
    {
        if (outcome is not null)
            throw new RpcException(new Status((StatusCode)outcome.Code, outcome.Message));
    }

    private static Task EchoMetadataAsync(ServerCallContext context, bool compresses)
    {
        var headers = new Metadata();
        if (compresses)
            headers.Add("grpc-internal-encoding-request", "gzip");
        if (context.RequestHeaders.GetValue(InteropCases.InitialKey) is { } initial)
            headers.Add(InteropCases.InitialKey, initial);
        if (context.RequestHeaders.GetValueBytes(InteropCases.TrailingKey) is { } trailing)
            context.ResponseTrailers.Add(InteropCases.TrailingKey, trailing);
        return context.WriteResponseHeadersAsync(headers);
    }

    private static ByteString Zeroes(int count) => UnsafeByteOperations.UnsafeWrap(new byte[count]);
}
