using EdgeEnforcement.GrpcTests.Protos;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client.Calls;

namespace EdgeEnforcement.GrpcTests;

/// <summary>A channel and a caller's token live for months: neither may hold on to a call that has ended, however it ended.</summary>
public sealed class LeakTests
{
    private const int CallsOfAKind = 20;

    private static readonly Marshaller<EchoMessage> Messages = Marshallers.Create(
        static message => message.ToByteArray(), EchoMessage.Parser.ParseFrom);

    private static readonly Method<EchoMessage, EchoMessage> Unary = new(MethodType.Unary, "grpctests.v1.Echo", "Unary", Messages, Messages);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", StatusCode.OK)]
    [InlineData("fail", StatusCode.NotFound)]
    [InlineData("hang", StatusCode.DeadlineExceeded)]
    [InlineData("dispose", StatusCode.Cancelled)]
    public async Task Ended_calls_are_let_go_of(string act, StatusCode expected)
    {
        await using var host = await EchoHost.StartAsync();
        using var caller = new CancellationTokenSource();

        var ended = new List<WeakReference>();
        for (var i = 0; i < CallsOfAKind; i++)
            ended.Add(await CallAsync(host, act, expected, caller.Token));

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(EchoHost.Patience);
        while (ended.Count(call => call.IsAlive) > 1) // the last may still be on its way out
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        GC.KeepAlive(host.Channel);
        Assert.False(caller.IsCancellationRequested);
    }

    /// <summary>Holds nothing of the call when it returns.</summary>
    private static async Task<WeakReference> CallAsync(EchoHost host, string act, StatusCode expected, CancellationToken caller)
    {
        DateTime? deadline = act == "hang" ? TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(5) : null;
        var call = new HttpCall<EchoMessage, EchoMessage>(host.Channel, Unary, null, new CallOptions(deadline: deadline, cancellationToken: caller));
        call.StartWithRequest(new EchoMessage { Act = act == "dispose" ? "hang" : act, Code = (int)StatusCode.NotFound });
        var response = call.ReadSingleAsync();
        if (act == "dispose")
        {
            await host.Probe.UntilHangingAsync();
            call.Dispose();
        }

        var status = StatusCode.OK;
        try
        {
            await response;
        }
        catch (RpcException refused)
        {
            status = refused.StatusCode;
        }

        Assert.Equal(expected, status);
        return new WeakReference(call.Lifetime);
    }
}
