using EdgeEnforcement.GrpcTests.Protos;
using Grpc.Core;

namespace EdgeEnforcement.GrpcTests;

public sealed class MetadataTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Text_and_binary_entries_go_there_as_headers_and_come_back_as_headers_and_trailers()
    {
        await using var host = await EchoHost.StartAsync();
        byte[] bytes = [0, 1, 127, 128, 255];
        var sent = new Metadata { { "Echo-Text", "two words, a comma" }, { "echo-raw-bin", bytes }, { "echo-raw-bin", [] }, { "other", "x" } };

        using var call = host.Client.UnaryAsync(new EchoMessage { Act = "metadata" }, sent, cancellationToken: Token);
        var headers = await call.ResponseHeadersAsync;
        await call;
        var trailers = call.GetTrailers();

        Assert.Equal("two words, a comma", headers.GetValue("echo-text"));
        Assert.Equal([bytes, []], headers.GetAll("echo-raw-bin").Select(entry => entry.ValueBytes));
        Assert.Equal("two words, a comma", trailers.GetValue("trailer-echo-text"));
        Assert.Equal([bytes, []], trailers.GetAll("trailer-echo-raw-bin").Select(entry => entry.ValueBytes));
        Assert.Null(headers.Get("other"));
        Assert.DoesNotContain(trailers, entry => entry.Key.StartsWith("grpc-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Call_context_knows_its_call()
    {
        await using var host = await EchoHost.StartAsync();

        var parts = (await host.Client.UnaryAsync(new EchoMessage { Act = "context" }, cancellationToken: Token)).Text.Split('|');

        Assert.Equal("/grpctests.v1.Echo/Unary", parts[0]);
        Assert.Equal(host.Address.Authority, parts[1]);
        Assert.StartsWith("ipv4:127.0.0.1:", parts[2]);
        Assert.Equal("none", parts[3]);
        Assert.Equal("HTTP/2", parts[4]);
        Assert.Equal("False", parts[5]);
        Assert.StartsWith("edgeenforcement-grpc/", parts[7]);
    }

    [Theory]
    [InlineData("", "v")]
    [InlineData("a b", "v")]
    [InlineData("schlüssel", "v")]
    [InlineData("key-bin", "v")]
    [InlineData("key", "line\nbreak")]
    [InlineData("key", "汉字")]
    public void Entry_that_cannot_travel_is_refused(string key, string value) =>
        Assert.ThrowsAny<ArgumentException>(() => new Metadata.Entry(key, value));

    [Fact]
    public void Binary_entry_needs_the_suffix_and_keeps_its_own_copy()
    {
        Assert.Throws<ArgumentException>(() => new Metadata.Entry("key", new byte[] { 1 }));
        byte[] bytes = [1, 2];
        var entry = new Metadata.Entry("key-bin", bytes);
        bytes[0] = 9;
        Assert.Equal([1, 2], entry.ValueBytes);
        Assert.Throws<InvalidOperationException>(() => entry.Value);
    }

    [Fact]
    public void Last_entry_of_a_key_wins_and_empty_stays_empty()
    {
        var metadata = new Metadata { { "k", "1" }, { "K", "2" } };

        Assert.Equal("2", metadata.GetValue("k"));
        Assert.Equal(["1", "2"], metadata.GetAll("k").Select(entry => entry.Value));
        Assert.Throws<InvalidOperationException>(() => Metadata.Empty.Add("k", "v"));
    }
}
