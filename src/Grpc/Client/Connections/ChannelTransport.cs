namespace Grpc.Net.Client.Connections;

/// <summary>What carries a channel's requests, and whether its connections are counted.</summary>
internal sealed record ChannelTransport(HttpMessageInvoker Http, bool IsOwned, bool IsCounted)
{
    /// <summary>The caller's client or handler, or one of our own.</summary>
    public static ChannelTransport Create(GrpcChannelOptions options, ChannelConnections connections)
    {
        if (options.HttpClient is { } client)
            return new ChannelTransport(client, options.DisposeHttpClient, IsCounted: false);
        if (options.HttpHandler is { } handler)
            return new ChannelTransport(new HttpMessageInvoker(handler, options.DisposeHttpClient), IsOwned: true, TryCount(handler, connections));

        // EnableMultipleHttp2Connections: a call past the server's stream limit opens a connection instead of waiting for a stream.
        return new ChannelTransport(
            new HttpMessageInvoker(new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true, AllowAutoRedirect = false, UseCookies = false, ConnectCallback = connections.OpenAsync,
            }),
            IsOwned: true,
            IsCounted: true);
    }

    /// <summary>A handler that opens connections its own way, or has opened some already, keeps its way.</summary>
    private static bool TryCount(HttpMessageHandler? handler, ChannelConnections connections)
    {
        while (handler is DelegatingHandler outer)
            handler = outer.InnerHandler;
        if (handler is not SocketsHttpHandler { ConnectCallback: null } sockets)
            return false;
        try
        {
            sockets.ConnectCallback = connections.OpenAsync;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // It has sent requests.
        }
    }
}
