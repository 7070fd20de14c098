using EdgeEnforcement.GrpcTests.Protos;
using Grpc.Core;
using Grpc.Core.Utils;

namespace EdgeEnforcement.GrpcTests;

public sealed class StreamHelpersTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whole_streams_are_written_and_read()
    {
        await using var host = await EchoHost.StartAsync();
        EchoMessage[] messages = [new() { Text = "1" }, new() { Text = "2" }];

        using var chat = host.Client.Chat(cancellationToken: Token);
        await chat.RequestStream.WriteAllAsync(messages);
        Assert.Equal(messages, await chat.ResponseStream.ToListAsync());

        using var again = host.Client.Chat(cancellationToken: Token);
        await again.RequestStream.WriteAllAsync(messages, complete: false);
        await again.RequestStream.CompleteAsync();
        var seen = new List<EchoMessage>();
        await again.ResponseStream.ForEachAsync(message =>
        {
            seen.Add(message);
            return Task.CompletedTask;
        });
        Assert.Equal(messages, seen);
    }

    [Fact]
    public async Task Call_made_of_functions_over_a_state_uses_it()
    {
        var disposed = new List<object>();
        var headers = new Metadata { { "k", "v" } };
        const string state = "state";

        var call = new AsyncUnaryCall<EchoMessage>(
            Task.FromResult(new EchoMessage { Text = "made up" }),
            given => Task.FromResult(given == (object)state ? headers : Metadata.Empty),
            given => new Status(StatusCode.OK, (string)given),
            _ => Metadata.Empty,
            disposed.Add,
            state);

        Assert.Equal("made up", (await call).Text);
        Assert.Same(headers, await call.ResponseHeadersAsync);
        Assert.Equal(state, call.GetStatus().Detail);
        call.Dispose();
        Assert.Equal([state], disposed);
    }
}
