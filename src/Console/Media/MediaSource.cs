using System.Globalization;
using System.Net;
using EdgeEnforcement.OperatorConsole.Hosting;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Media;

/// <summary>Media bytes as the service holds them, over plain HTTP.</summary>
public sealed class MediaSource : IDisposable
{
    private readonly HttpClient _client;
    private readonly Uri _root;

    public MediaSource(IOptions<ConsoleOptions> options)
    {
        _root = new Uri(options.Value.ServiceHttp.TrimEnd('/') + "/media/");
        // No proxy and no decompression: the bytes must be the stored ones. No overall time limit: footage is watched for hours.
        _client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false, AutomaticDecompression = DecompressionMethods.None, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5),
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    public HttpRequestMessage Request(HttpMethod method, ulong manifestIndex) =>
        new(method, new Uri(_root, manifestIndex.ToString(CultureInfo.InvariantCulture)));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation) =>
        _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);

    public void Dispose() => _client.Dispose();
}
