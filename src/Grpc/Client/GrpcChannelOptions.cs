using Grpc.Core;
using Grpc.Framing;
using Grpc.Net.Compression;
using Microsoft.Extensions.Logging;

namespace Grpc.Net.Client;

/// <summary>How a channel reaches its server.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Whether TLS is used; by default what the address's scheme says.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>Largest response message in bytes; 4 MiB unless set, null for no limit.</summary>
    public int? MaxReceiveMessageSize { get; set; } = GrpcProtocol.DefaultMaxReceiveBytes;

    /// <summary>Largest request message in bytes; no limit unless set.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>The encodings the channel has beside identity; gzip when null.</summary>
    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    /// <summary>Carries the requests; made by the channel when neither this nor <see cref="HttpClient"/> is given.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Carries the requests, instead of a handler.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Whether the channel disposes a given handler or client with itself.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Sends call credentials over connections without TLS too, where anybody on the way can read them.</summary>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }

    /// <summary>Pause after the first failed attempt to connect, of <c>ConnectAsync</c> and of calls that wait for a server. Origin: gRPC's own second.</summary>
    public TimeSpan InitialReconnectBackoff { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest such pause; null for none. Origin: gRPC's own two minutes.</summary>
    public TimeSpan? MaxReconnectBackoff { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Cancelled calls throw <see cref="OperationCanceledException"/> instead of <see cref="RpcException"/>.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>Where the channel logs.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The clock of deadlines.</summary>
    internal TimeProvider Time { get; set; } = TimeProvider.System;
}
