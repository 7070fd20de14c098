using System.Globalization;
using System.Text;
using EdgeEnforcement.GrpcTests.Protos;
using Grpc.Core;

namespace EdgeEnforcement.GrpcTests;

/// <summary>Ordinary gRPC C#: echoes, and does what <c>act</c> says.</summary>
public sealed class EchoService(EchoProbe probe) : Echo.EchoBase, IDisposable
{
    public override async Task<EchoMessage> Unary(EchoMessage request, ServerCallContext context) =>
        request.Act == "null" ? null! : await ActAsync(request, context) ?? request; // null!: what careless service code returns

    public override async Task<EchoMessage> Collect(IAsyncStreamReader<EchoMessage> requestStream, ServerCallContext context)
    {
        var texts = new List<string>();
        await foreach (var message in requestStream.ReadAllAsync())
        {
            if (await ActAsync(message, context) is { } answer)
                return answer;
            texts.Add(message.Text);
        }

        return new EchoMessage { Text = string.Join(',', texts) };
    }

    public override async Task Expand(EchoMessage request, IServerStreamWriter<EchoMessage> responseStream, ServerCallContext context)
    {
        if (request.Act == "hint")
            responseStream.WriteOptions = new WriteOptions(WriteFlags.BufferHint);
        if (request.Act is not "hint" and not "fail-after" && await ActAsync(request, context) is { } answer)
        {
            await responseStream.WriteAsync(answer);
            return;
        }

        for (var i = 0; i < request.Repeat; i++)
        {
            await responseStream.WriteAsync(new EchoMessage { Text = i.ToString(CultureInfo.InvariantCulture), Payload = request.Payload });
            probe.Wrote();
        }

        if (request.Act == "fail-after")
            throw new RpcException(new Status((StatusCode)request.Code, request.Text));
    }

    public override async Task Chat(
        IAsyncStreamReader<EchoMessage> requestStream,
        IServerStreamWriter<EchoMessage> responseStream,
        ServerCallContext context)
    {
        try
        {
            await foreach (var message in requestStream.ReadAllAsync())
                await responseStream.WriteAsync(await ActAsync(message, context) ?? message);
        }
        catch (Exception exception)
        {
            probe.Failed(exception);
            throw;
        }
    }

    public void Dispose() => probe.Disposed();

    private async Task<EchoMessage?> ActAsync(EchoMessage message, ServerCallContext context)
    {
        switch (message.Act)
        {
            case "fail":
                throw new RpcException(
                    new Status((StatusCode)message.Code, message.Text),
                    new Metadata { { "why", "asked" }, { "why-bin", [0, 255, 128] } });
            case "rich":
                throw Google.Rpc.Status.Parser.ParseFrom(message.Payload).ToRpcException();
            case "throw":
                throw new InvalidOperationException(message.Text);
            case "status":
                context.Status = new Status((StatusCode)message.Code, message.Text);
                return message;
            case "hang":
                await HangAsync(context);
                return message;
            case "stubborn":
                await probe.Release.Task;
                // The status leaves before the token is cancelled; a client may have it a moment earlier.
                await CancelledAsync(context).WaitAsync(EchoHost.Patience);
                probe.Seen(context.CancellationToken.IsCancellationRequested);
                return message;
            case "metadata":
                await EchoMetadataAsync(context);
                return null;
            case "context":
                return Describe(context);
            default:
                return null;
        }
    }

    private async Task HangAsync(ServerCallContext context)
    {
        probe.Hanging();
        await CancelledAsync(context);
        probe.Seen(isCancelled: true);
        context.CancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task CancelledAsync(ServerCallContext context)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = context.CancellationToken.Register(() => cancelled.SetResult());
        await cancelled.Task;
    }

    private static async Task EchoMetadataAsync(ServerCallContext context)
    {
        var headers = new Metadata();
        foreach (var entry in context.RequestHeaders)
        {
            if (!entry.Key.StartsWith("echo", StringComparison.Ordinal))
                continue;
            headers.Add(entry);
            context.ResponseTrailers.Add(entry.IsBinary
                ? new Metadata.Entry("trailer-" + entry.Key, entry.ValueBytes)
                : new Metadata.Entry("trailer-" + entry.Key, entry.Value));
        }

        await context.WriteResponseHeadersAsync(headers);
    }

    private static EchoMessage Describe(ServerCallContext context)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{context.Method}|{context.Host}|{context.Peer}|");
        text.Append(context.Deadline == DateTime.MaxValue ? "none" : context.Deadline.ToString("O", CultureInfo.InvariantCulture));
        text.Append('|').Append(context.GetHttpContext().Request.Protocol);
        text.Append('|').Append(context.AuthContext.IsPeerAuthenticated);
        text.Append('|').Append(context.UserState.TryGetValue("mark", out var mark) ? mark : "");
        text.Append('|').Append(context.RequestHeaders.GetValue("user-agent"));
        return new EchoMessage { Text = text.ToString() };
    }
}
