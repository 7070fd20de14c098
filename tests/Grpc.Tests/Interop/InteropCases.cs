using EdgeEnforcement.GrpcTests.Protos;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.GrpcTests.Interop;

/// <summary>
/// The client side of the cases of the gRPC project's interoperability suite ("Interoperability Test Case Descriptions"), with its sizes and
/// texts; <c>python/interop_client.py</c> has the same names.
/// </summary>
internal sealed class InteropCases(ChannelBase channel, CancellationToken token)
{
    public const string InitialKey = "x-interop-initial";
    public const string TrailingKey = "x-interop-trailing-bin";

    private const string SpecialMessage = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n";
    private const int LargeRequestBytes = 271_828;
    private const int LargeResponseBytes = 314_159;

    private static readonly int[] RequestBytes = [27_182, 8, 1_828, 45_904];
    private static readonly int[] ResponseBytes = [31_415, 9, 2_653, 58_979];
    private static readonly Metadata Gzip = new() { { "grpc-internal-encoding-request", "gzip" } };

    private readonly Protos.Interop.InteropClient _client = new(channel);

    public static readonly IReadOnlyDictionary<string, Func<InteropCases, Task>> All = new Dictionary<string, Func<InteropCases, Task>>
    {
        ["empty_unary"] = cases => cases.EmptyUnaryAsync(),
        ["large_unary"] = cases => cases.LargeUnaryAsync(),
        ["client_streaming"] = cases => cases.ClientStreamingAsync(),
        ["server_streaming"] = cases => cases.ServerStreamingAsync(),
        ["ping_pong"] = cases => cases.PingPongAsync(),
        ["empty_stream"] = cases => cases.EmptyStreamAsync(),
        ["cancel_after_begin"] = cases => cases.CancelAfterBeginAsync(),
        ["cancel_after_first_response"] = cases => cases.CancelAfterFirstResponseAsync(),
        ["timeout_on_sleeping_server"] = cases => cases.TimeoutOnSleepingServerAsync(),
        ["custom_metadata"] = cases => cases.CustomMetadataAsync(),
        ["status_code_and_message"] = cases => cases.StatusAsync("test status message"),
        ["special_status_message"] = cases => cases.StatusAsync(SpecialMessage),
        ["unimplemented_method"] = cases => cases.UnimplementedMethodAsync(),
        ["unimplemented_service"] = cases => cases.UnimplementedServiceAsync(),
        ["client_compressed_unary"] = cases => cases.ClientCompressedUnaryAsync(),
        ["server_compressed_unary"] = cases => cases.ServerCompressedUnaryAsync(),
        ["client_compressed_streaming"] = cases => cases.ClientCompressedStreamingAsync(),
        ["server_compressed_streaming"] = cases => cases.ServerCompressedStreamingAsync(),
    };

    private async Task EmptyUnaryAsync() =>
        Assert.Equal(new Empty(), await _client.EmptyCallAsync(new Empty(), cancellationToken: token));

    private async Task LargeUnaryAsync() => AssertZeroes(LargeResponseBytes, (await UnaryAsync(null)).Payload);

    private async Task ClientStreamingAsync()
    {
        using var call = _client.StreamingInputCall(cancellationToken: token);
        foreach (var bytes in RequestBytes)
            await call.RequestStream.WriteAsync(new InputRequest { Payload = Zeroes(bytes) });
        await call.RequestStream.CompleteAsync();

        Assert.Equal(RequestBytes.Sum(), (await call).TotalBytes);
    }

    private async Task ServerStreamingAsync()
    {
        using var call = _client.StreamingOutputCall(Output(compress: false, ResponseBytes), cancellationToken: token);

        await AssertResponsesAsync(call.ResponseStream);
    }

    private async Task PingPongAsync()
    {
        using var call = _client.FullDuplexCall(cancellationToken: token);
        foreach (var (request, response) in RequestBytes.Zip(ResponseBytes))
        {
            var output = Output(compress: false, response);
            output.Payload = Zeroes(request);
            await call.RequestStream.WriteAsync(output);
            Assert.True(await call.ResponseStream.MoveNext(token));
            AssertZeroes(response, call.ResponseStream.Current.Payload);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(token));
    }

    private async Task EmptyStreamAsync()
    {
        using var call = _client.FullDuplexCall(cancellationToken: token);
        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext(token));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    private async Task CancelAfterBeginAsync()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(token);
        using var call = _client.StreamingInputCall(cancellationToken: source.Token);
        await source.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(async () => await call)).StatusCode);
    }

    private async Task CancelAfterFirstResponseAsync()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(token);
        using var call = _client.FullDuplexCall(cancellationToken: source.Token);
        await call.RequestStream.WriteAsync(Output(compress: false, ResponseBytes[0]));
        Assert.True(await call.ResponseStream.MoveNext(token));
        await source.CancelAsync();

        Assert.Equal(
            StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode);
    }

    /// <summary>The request asks for nothing, so the server only waits.</summary>
    private async Task TimeoutOnSleepingServerAsync()
    {
        using var call = _client.FullDuplexCall(deadline: TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(1), cancellationToken: token);
        try
        {
            await call.RequestStream.WriteAsync(new OutputRequest { Payload = Zeroes(RequestBytes[0]) });
        }
        catch (RpcException refused)
        {
            Assert.Equal(StatusCode.DeadlineExceeded, refused.StatusCode); // The deadline was faster.
        }

        Assert.Equal(
            StatusCode.DeadlineExceeded, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(token))).StatusCode);
    }

    private async Task CustomMetadataAsync()
    {
        byte[] trailing = [0xab, 0xab, 0xab];
        var sent = new Metadata { { InitialKey, "test_initial_metadata_value" }, { TrailingKey, trailing } };

        using var unary = _client.UnaryCallAsync(new UnaryRequest { ResponseBytes = 1 }, sent, cancellationToken: token);
        await unary;
        Assert.Equal("test_initial_metadata_value", (await unary.ResponseHeadersAsync).GetValue(InitialKey));
        Assert.Equal(trailing, unary.GetTrailers().GetValueBytes(TrailingKey));

        using var duplex = _client.FullDuplexCall(sent, cancellationToken: token);
        await duplex.RequestStream.WriteAsync(Output(compress: false, 1));
        await duplex.RequestStream.CompleteAsync();
        Assert.Single(await duplex.ResponseStream.ReadAllAsync(token).ToListAsync(token));
        Assert.Equal("test_initial_metadata_value", (await duplex.ResponseHeadersAsync).GetValue(InitialKey));
        Assert.Equal(trailing, duplex.GetTrailers().GetValueBytes(TrailingKey));
    }

    private async Task StatusAsync(string message)
    {
        var outcome = new Outcome { Code = (int)StatusCode.Unknown, Message = message };

        var unary = await Assert.ThrowsAsync<RpcException>(
            async () => await _client.UnaryCallAsync(new UnaryRequest { Outcome = outcome }, cancellationToken: token));
        Assert.Equal(new Status(StatusCode.Unknown, message), unary.Status);

        using var call = _client.FullDuplexCall(cancellationToken: token);
        await call.RequestStream.WriteAsync(new OutputRequest { Outcome = outcome });
        var duplex = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(token));
        Assert.Equal(new Status(StatusCode.Unknown, message), duplex.Status);
    }

    private async Task UnimplementedMethodAsync() =>
        AssertUnimplemented(await Assert.ThrowsAsync<RpcException>(
            async () => await _client.UnimplementedCallAsync(new Empty(), cancellationToken: token)));

    private async Task UnimplementedServiceAsync() =>
        AssertUnimplemented(await Assert.ThrowsAsync<RpcException>(
            async () => await new Missing.MissingClient(channel).UnimplementedCallAsync(new Empty(), cancellationToken: token)));

    /// <summary>A server whose implementation shows the encoding of a request must have seen it.</summary>
    private async Task ClientCompressedUnaryAsync()
    {
        var compressed = await UnaryAsync(Gzip);
        AssertZeroes(LargeResponseBytes, compressed.Payload);
        Assert.Contains(compressed.RequestEncoding, new[] { "gzip", "" });

        using var plain = _client.UnaryCallAsync(Large(), new CallOptions(Gzip, cancellationToken: token, writeOptions: new WriteOptions(WriteFlags.NoCompress)));
        AssertZeroes(LargeResponseBytes, (await plain).Payload);
    }

    private async Task ServerCompressedUnaryAsync()
    {
        foreach (var compress in new[] { true, false })
        {
            var request = Large();
            request.CompressResponse = compress;
            AssertZeroes(LargeResponseBytes, (await _client.UnaryCallAsync(request, cancellationToken: token)).Payload);
        }
    }

    private async Task ClientCompressedStreamingAsync()
    {
        using var call = _client.StreamingInputCall(Gzip, cancellationToken: token);
        await call.RequestStream.WriteAsync(new InputRequest { Payload = Zeroes(RequestBytes[0]) });
        call.RequestStream.WriteOptions = new WriteOptions(WriteFlags.NoCompress);
        await call.RequestStream.WriteAsync(new InputRequest { Payload = Zeroes(RequestBytes[3]) });
        await call.RequestStream.CompleteAsync();

        Assert.Equal(RequestBytes[0] + RequestBytes[3], (await call).TotalBytes);
    }

    private async Task ServerCompressedStreamingAsync()
    {
        var request = Output(compress: true, ResponseBytes);
        request.Entries[1].Compress = false;
        using var call = _client.StreamingOutputCall(request, cancellationToken: token);

        await AssertResponsesAsync(call.ResponseStream);
    }

    private async Task AssertResponsesAsync(IAsyncStreamReader<OutputResponse> responses)
    {
        foreach (var bytes in ResponseBytes)
        {
            Assert.True(await responses.MoveNext(token));
            AssertZeroes(bytes, responses.Current.Payload);
        }

        Assert.False(await responses.MoveNext(token));
    }

    private async Task<UnaryResponse> UnaryAsync(Metadata? headers) => await _client.UnaryCallAsync(Large(), headers, cancellationToken: token);

    private static UnaryRequest Large() => new() { ResponseBytes = LargeResponseBytes, Payload = Zeroes(LargeRequestBytes) };

    private static OutputRequest Output(bool compress, params int[] sizes) =>
        new() { Entries = { sizes.Select(bytes => new OutputEntry { Bytes = bytes, Compress = compress }) } };

    private static void AssertUnimplemented(RpcException refused) => Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);

    private static void AssertZeroes(int count, ByteString payload)
    {
        Assert.Equal(count, payload.Length);
        Assert.False(payload.Span.ContainsAnyExcept((byte)0));
    }

    private static ByteString Zeroes(int count) => UnsafeByteOperations.UnsafeWrap(new byte[count]);
}
