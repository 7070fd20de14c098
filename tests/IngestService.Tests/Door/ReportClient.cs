using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace EdgeEnforcement.IngestService.Tests.Door;

/// <summary>One report stream, driven by hand.</summary>
internal sealed class ReportClient : IDisposable
{
    private readonly AsyncDuplexStreamingCall<ReportRequest, ReportResponse> _call;
    private readonly CancellationToken _cancellation;
    private ulong _correlation;

    private ReportClient(AsyncDuplexStreamingCall<ReportRequest, ReportResponse> call, CancellationToken cancellation)
    {
        _call = call;
        _cancellation = cancellation;
    }

    public HelloAnswer Hello { get; private set; } = new();

    public static AsyncDuplexStreamingCall<ReportRequest, ReportResponse> Call(GrpcChannel channel, CancellationToken cancellation) =>
        new Report.ReportClient(channel).Stream(cancellationToken: cancellation);

    public static async Task<ReportClient> OpenAsync(GrpcChannel channel, string producer, CancellationToken cancellation)
    {
        var client = new ReportClient(Call(channel, cancellation), cancellation);
        await client._call.RequestStream.WriteAsync(new ReportRequest { Hello = new Hello { Producer = producer, Lane = "live" } }, cancellation);
        client.Hello = (await client.ReadAsync()).Hello;
        return client;
    }

    public async Task<ulong> SendAsync(byte[] envelope)
    {
        await _call.RequestStream.WriteAsync(
            new ReportRequest { Envelope = UnsafeByteOperations.UnsafeWrap(envelope), Correlation = ++_correlation }, _cancellation);
        return _correlation;
    }

    public Task SendAsync(ReportRequest request) => _call.RequestStream.WriteAsync(request, _cancellation);

    public async Task<ReportResponse> ReadAsync() =>
        await _call.ResponseStream.MoveNext(_cancellation) ? _call.ResponseStream.Current : throw new EndOfStreamException();

    public async Task<ReportResponse> AskAsync(byte[] envelope)
    {
        var correlation = await SendAsync(envelope);
        var response = await ReadAsync();
        Assert.Equal(correlation, response.Correlation);
        return response;
    }

    public async Task CompleteAsync() => await _call.RequestStream.CompleteAsync();

    public void Dispose() => _call.Dispose();
}
