using Grpc.Core;
using Grpc.Net.Client.Calls;

namespace Grpc.Net.Client;

/// <summary>A way to one server over HTTP/2. Expensive to make, cheap to share; all clients and calls of a server use one.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly bool _ownsHttp;
    private readonly CancellationTokenSource _shutdown = new();
    private int _disposed;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        Address = address;
        MaxReceiveBytes = options.MaxReceiveMessageSize;
        MaxSendBytes = options.MaxSendMessageSize;
        ThrowsOperationCanceled = options.ThrowOperationCanceledOnCancellation;
        Time = options.Time;
        Shutdown = _shutdown.Token;
        (_http, _ownsHttp) = Transport(options);
    }

    internal Uri Address { get; }

    internal int? MaxReceiveBytes { get; }

    internal int? MaxSendBytes { get; }

    internal bool ThrowsOperationCanceled { get; }

    internal TimeProvider Time { get; }

    /// <summary>Cancels every call of the channel.</summary>
    internal CancellationToken Shutdown { get; }

    /// <summary>A channel to an address with a scheme, <c>http://</c> (HTTP/2 in the clear) or <c>https://</c>.</summary>
    public static GrpcChannel ForAddress(string address) => ForAddress(new Uri(address));

    /// <summary>A channel to an address, with options.</summary>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) => ForAddress(new Uri(address), channelOptions);

    /// <summary>A channel to an address.</summary>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel to an address, with options.</summary>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        var isTls = address.Scheme == Uri.UriSchemeHttps;
        if (!isTls && address.Scheme != Uri.UriSchemeHttp)
            throw new ArgumentException($"A channel goes to http or https, not to '{address.Scheme}'.", nameof(address));
        if (channelOptions.HttpClient is not null && channelOptions.HttpHandler is not null)
            throw new ArgumentException("Give the handler or the client, not both.", nameof(channelOptions));
        if (channelOptions.Credentials is { } credentials && credentials.UsesTls != isTls)
        {
            throw new InvalidOperationException(
                $"The channel goes to '{address}', but its credentials {(credentials.UsesTls ? "need" : "rule out")} TLS.");
        }

        return new GrpcChannel(address, channelOptions);
    }

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker() => new HttpCallInvoker(this);

    /// <summary>Cancels the calls that still run and closes the connections the channel made.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _shutdown.Cancel();
        _shutdown.Dispose();
        if (_ownsHttp)
            _http.Dispose();
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return _http is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : _http.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    private static (HttpMessageInvoker Http, bool Owned) Transport(GrpcChannelOptions options)
    {
        if (options.HttpClient is { } client)
            return (client, options.DisposeHttpClient);
        if (options.HttpHandler is { } handler)
            return (new HttpMessageInvoker(handler, options.DisposeHttpClient), true);

        // EnableMultipleHttp2Connections: a call past the server's stream limit opens a connection instead of waiting for a stream.
        return (new HttpMessageInvoker(new SocketsHttpHandler { EnableMultipleHttp2Connections = true, AllowAutoRedirect = false, UseCookies = false }), true);
    }
}
