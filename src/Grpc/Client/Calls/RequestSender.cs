using Grpc.Core;
using Grpc.Framing;

namespace Grpc.Net.Client.Calls;

/// <summary>Sends the request of one call: with the credentials that apply, and again while no server can be reached if the call waits for one.</summary>
internal sealed class RequestSender(GrpcChannel channel, IMethod method, string? host, CallOptions options, CallLifetime lifetime)
{
    private readonly Metadata _headers = options.Headers ?? Metadata.Empty;

    public Task<HttpResponseMessage> SendAsync(HttpContent content)
    {
        var credentials = ApplicableCredentials();
        return credentials.Count == 0 && !options.IsWaitForReady
            ? SendOnceAsync(content, _headers)
            : SendPreparedAsync(content, credentials);
    }

    private Task<HttpResponseMessage> SendOnceAsync(HttpContent content, Metadata headers)
    {
        var request = RequestHead.Create(channel, method, host, headers, lifetime.Left);
        request.Content = content;
        return channel.SendAsync(request, lifetime.Token);
    }

    private async Task<HttpResponseMessage> SendPreparedAsync(HttpContent content, IReadOnlyList<AsyncAuthInterceptor> credentials)
    {
        var headers = await AuthorizeAsync(credentials);
        var backoff = channel.InitialBackoff;
        while (true)
        {
            try
            {
                return await SendOnceAsync(content, headers);
            }
            catch (HttpRequestException exception) when (options.IsWaitForReady && IsUnreachable(exception))
            {
                // Nothing of the content was read: there was no connection to read it for.
                backoff = await channel.Connections.BackOffAsync(backoff, lifetime.Token);
            }
        }
    }

    private async Task<Metadata> AuthorizeAsync(IReadOnlyList<AsyncAuthInterceptor> credentials)
    {
        if (credentials.Count == 0)
            return _headers;
        var headers = new Metadata();
        foreach (var entry in _headers)
            headers.Add(entry);
        var isDefaultPort = channel.Address.IsDefaultPort;
        var url = $"{channel.Address.Scheme}://{(isDefaultPort ? channel.Address.Host : channel.Address.Authority)}/{method.ServiceName}";
        foreach (var credential in credentials)
            await credential(new AuthInterceptorContext(url, method.Name, lifetime.Token), headers);
        return headers;
    }

    /// <summary>In the clear anybody could read them: there they are left out unless the channel says otherwise.</summary>
    private IReadOnlyList<AsyncAuthInterceptor> ApplicableCredentials()
    {
        if (!channel.SendsCallCredentials)
            return [];
        return [.. channel.CallCredentials?.Interceptors ?? [], .. options.Credentials?.Interceptors ?? []];
    }

    private static bool IsUnreachable(HttpRequestException exception) => exception.HttpRequestError
        is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError;
}
