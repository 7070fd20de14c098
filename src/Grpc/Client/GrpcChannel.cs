using Grpc.Core;
using Grpc.Framing;
using Grpc.Net.Client.Calls;
using Grpc.Net.Client.Connections;

namespace Grpc.Net.Client;

/// <summary>A way to one server over HTTP/2. Expensive to make, cheap to share; all clients and calls of a server use one.</summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly ChannelTransport _transport;
    private readonly CancellationTokenSource _shutdown = new();
    private int _disposed;

    private GrpcChannel(Uri address, GrpcChannelOptions options)
        : base(address.Authority)
    {
        Address = address;
        MaxReceiveBytes = options.MaxReceiveMessageSize;
        MaxSendBytes = options.MaxSendMessageSize;
        Encodings = options.CompressionProviders is { } providers ? new MessageEncodings(providers) : MessageEncodings.Default;
        ThrowsOperationCanceled = options.ThrowOperationCanceledOnCancellation;
        Time = options.Time;
        Shutdown = _shutdown.Token;
        InitialBackoff = options.InitialReconnectBackoff;
        Connections = new ChannelConnections(Time, InitialBackoff, options.MaxReconnectBackoff ?? TimeSpan.MaxValue);
        CallCredentials = options.Credentials?.CallCredentials;
        SendsCallCredentials = address.Scheme == Uri.UriSchemeHttps || options.UnsafeUseInsecureChannelCallCredentials;
        _transport = ChannelTransport.Create(options, Connections);
    }

    internal Uri Address { get; }

    internal int? MaxReceiveBytes { get; }

    internal int? MaxSendBytes { get; }

    internal MessageEncodings Encodings { get; }

    internal bool ThrowsOperationCanceled { get; }

    internal TimeProvider Time { get; }

    internal TimeSpan InitialBackoff { get; }

    internal ChannelConnections Connections { get; }

    internal CallCredentials? CallCredentials { get; }

    internal bool SendsCallCredentials { get; }

    /// <summary>Cancels every call of the channel.</summary>
    internal CancellationToken Shutdown { get; }

    /// <summary>What the channel's connections do.</summary>
    /// <exception cref="InvalidOperationException">The channel was given a client, or a handler that opens connections its own way.</exception>
    public ConnectivityState State => Counted().State;

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

    /// <summary>Opens a connection for the calls to come; tries until there is one.</summary>
    public Task ConnectAsync(CancellationToken cancellationToken = default) => Counted().ConnectAsync(Address, cancellationToken);

    /// <summary>Returns when the state is another than the one last seen.</summary>
    public Task WaitForStateChangedAsync(ConnectivityState lastObservedState, CancellationToken cancellationToken = default) =>
        Counted().WaitForChangeAsync(lastObservedState, cancellationToken);

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker() => new HttpCallInvoker(this);

    /// <summary>Cancels the calls that still run and closes the connections the channel made.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _shutdown.Cancel();
        _shutdown.Dispose();
        if (_transport.IsOwned)
            _transport.Http.Dispose();
        Connections.Dispose();
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        return _transport.Http is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : _transport.Http.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    private ChannelConnections Counted() => _transport.IsCounted
        ? Connections
        : throw new InvalidOperationException("The state is only known of connections that the channel opens itself (SocketsHttpHandler without ConnectCallback).");
}
