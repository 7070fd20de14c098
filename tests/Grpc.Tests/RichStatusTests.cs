using EdgeEnforcement.GrpcTests.Protos;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EdgeEnforcement.GrpcTests;

public sealed class RichStatusTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Details_travel_beside_the_status()
    {
        var sent = new Google.Rpc.Status
        {
            Code = (int)StatusCode.FailedPrecondition,
            Message = "没有",
            Details = { Any.Pack(new Duration { Seconds = 7 }), Any.Pack(new EchoMessage { Text = "detail" }) },
        };
        await using var host = await EchoHost.StartAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.UnaryAsync(new EchoMessage { Act = "rich", Payload = sent.ToByteString() }, cancellationToken: Token));

        Assert.Equal(new Status(StatusCode.FailedPrecondition, "没有"), refused.Status);
        Assert.Equal(sent, refused.GetRpcStatus());
        Assert.Equal("detail", refused.GetRpcStatus()?.GetDetail<EchoMessage>()?.Text);
        Assert.Null(refused.GetRpcStatus()?.GetDetail<Timestamp>());
    }

    [Fact]
    public void Trailers_without_details_or_with_broken_ones_give_none()
    {
        Assert.Null(new RpcException(new Status(StatusCode.Internal, "")).GetRpcStatus());
        var broken = new Metadata { { "grpc-status-details-bin", [0xff] } };
        Assert.Null(broken.GetRpcStatus(ignoreParseError: true));
        Assert.Throws<InvalidProtocolBufferException>(() => broken.GetRpcStatus());
    }
}
