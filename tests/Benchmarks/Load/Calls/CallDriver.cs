using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace EdgeEnforcement.Benchmarks.Load.Calls;

/// <summary>Our client: runs one case for a time and counts the messages that were answered (client-stream: that the server took).</summary>
internal sealed class CallDriver(CallInvoker invoker, CallCase load, TimeSpan time)
{
    private readonly BytesValue _message = new() { Value = ByteString.CopyFrom(new byte[load.Bytes]) };
    private readonly long _started = TimeProvider.System.GetTimestamp();

    private bool IsOver => TimeProvider.System.GetElapsedTime(_started) >= time;

    public static async Task<long> RunAsync(GrpcChannel channel, CallCase load, TimeSpan time)
    {
        var driver = new CallDriver(channel.CreateCallInvoker(), load, time);
        var lanes = await Task.WhenAll(Enumerable.Range(0, load.Lanes).Select(_ => Task.Run(() => load.Kind switch
        {
            "unary" => driver.UnaryAsync(),
            "client-stream" => driver.ClientStreamAsync(),
            _ => driver.ChatAsync(),
        })));
        return lanes.Sum();
    }

    private async Task<long> UnaryAsync()
    {
        long count = 0;
        for (; !IsOver; count++)
        {
            using var call = invoker.AsyncUnaryCall(BenchService.UnaryMethod, null, default, _message);
            Check(await call);
        }

        return count;
    }

    private async Task<long> ClientStreamAsync()
    {
        using var call = invoker.AsyncClientStreamingCall(BenchService.CollectMethod, null, default);
        long count = 0;
        for (; !IsOver; count++)
            await call.RequestStream.WriteAsync(_message);
        await call.RequestStream.CompleteAsync();
        await call;
        return count;
    }

    private async Task<long> ChatAsync()
    {
        using var call = invoker.AsyncDuplexStreamingCall(BenchService.ChatMethod, null, default);
        var writes = Task.Run(async () =>
        {
            long sent = 0;
            for (; !IsOver; sent++)
                await call.RequestStream.WriteAsync(_message);
            await call.RequestStream.CompleteAsync();
            return sent;
        });
        long count = 0;
        for (; await call.ResponseStream.MoveNext(CancellationToken.None); count++)
            Check(call.ResponseStream.Current);
        return await writes == count ? count : throw new InvalidOperationException($"{await writes} sent, {count} answered");
    }

    private void Check(BytesValue answer)
    {
        if (answer.Value.Length != load.Bytes)
            throw new InvalidOperationException($"An answer has {answer.Value.Length} bytes.");
    }
}
