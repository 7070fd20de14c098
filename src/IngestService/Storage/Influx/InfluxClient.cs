using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace EdgeEnforcement.IngestService.Storage.Influx;

/// <summary>
/// InfluxDB over HTTP: writes in line protocol at millisecond precision, gzip; InfluxQL at /query, which all three versions have.
/// </summary>
internal sealed class InfluxClient : IDisposable
{
    private const int LongestAnswer = 2_000; // of an error, for the log

    private readonly HttpClient _http;
    private readonly InfluxOptions _options;
    private readonly string _write;

    /// <param name="options">Checked.</param>
    public InfluxClient(InfluxOptions options)
    {
        _options = options;
        _http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(options.Url.TrimEnd('/') + "/"),
            Timeout = options.Timeout,
        };
        _http.DefaultRequestHeaders.Authorization = Authorization(options);
        _write = options.Version switch
        {
            InfluxVersion.V1 => $"write?db={Escape(options.Database)}&precision=ms",
            InfluxVersion.V2 => $"api/v2/write?org={Escape(options.Organization)}&bucket={Escape(options.Database)}&precision=ms",
            InfluxVersion.V3 => $"api/v3/write_lp?db={Escape(options.Database)}&precision=millisecond",
            _ => throw new ArgumentOutOfRangeException(nameof(options)),
        };
    }

    public InfluxVersion Version => _options.Version;

    /// <summary>Names the place written to, without secrets: a cursor belongs to one.</summary>
    public string Target => string.Join(' ', [_options.Version.ToString(), _options.Url, _options.Organization, _options.Database]);

    /// <summary>On return the server has taken all lines, or says what it does not like of them.</summary>
    /// <exception cref="InfluxUnavailableException">Not reached, too slow, busy, or the request as a whole is not allowed: try again later.</exception>
    public async Task<InfluxVerdict> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellation)
    {
        using MemoryStream zipped = new();
        await using (GZipStream gzip = new(zipped, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(lines.Span);
        using ByteArrayContent content = new(zipped.GetBuffer(), 0, (int)zipped.Length);
        content.Headers.ContentEncoding.Add("gzip");
        content.Headers.ContentType = new MediaTypeHeaderValue("text/plain") { CharSet = "utf-8" };
        using HttpResponseMessage response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, _write) { Content = content }, cancellation);
        if (response.IsSuccessStatusCode)
            return InfluxVerdict.Taken;
        string error = await ErrorAsync(response, cancellation);
        return response.StatusCode switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new InfluxVerdict(error),
            HttpStatusCode.RequestEntityTooLarge => new InfluxVerdict(error),
            _ => throw new InfluxUnavailableException($"{(int)response.StatusCode}: {error}"),
        };
    }

    /// <summary>The answer's first statement; each series with its tags and rows.</summary>
    public async Task<IReadOnlyList<InfluxSeries>> QueryAsync(string influxQl, CancellationToken cancellation)
    {
        using FormUrlEncodedContent content = new(new Dictionary<string, string> { ["q"] = influxQl });
        using HttpResponseMessage response = await SendAsync(
            new HttpRequestMessage(HttpMethod.Post, $"query?db={Escape(_options.Database)}&epoch=ms") { Content = content }, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new InfluxUnavailableException($"{(int)response.StatusCode}: {await ErrorAsync(response, cancellation)}");
        using JsonDocument answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation);
        JsonElement result = answer.RootElement.GetProperty("results")[0];
        if (result.TryGetProperty("error", out JsonElement error))
            throw new InfluxUnavailableException(error.GetString() ?? "an error without words");
        return result.TryGetProperty("series", out JsonElement series) ? [.. series.EnumerateArray().Select(InfluxSeries.Parse)] : [];
    }

    /// <summary>2.x: points of one predicate within a time.</summary>
    public async Task DeleteAsync(string predicate, DateTimeOffset start, DateTimeOffset stop, CancellationToken cancellation)
    {
        string body = JsonSerializer.Serialize(new { start = start.ToString("O"), stop = stop.ToString("O"), predicate });
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await SendAsync(new HttpRequestMessage(
            HttpMethod.Post, $"api/v2/delete?org={Escape(_options.Organization)}&bucket={Escape(_options.Database)}") { Content = content }, cancellation);
        if (!response.IsSuccessStatusCode)
            throw new InfluxUnavailableException($"{(int)response.StatusCode}: {await ErrorAsync(response, cancellation)}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            try
            {
                return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            }
            catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
            {
                throw new InfluxUnavailableException(fault is OperationCanceledException ? "no answer in time" : fault.Message);
            }
        }
    }

    private static async Task<string> ErrorAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            string text = (await response.Content.ReadAsStringAsync(cancellation)).ReplaceLineEndings(" ").Trim();
            return text.Length <= LongestAnswer ? text : text[..LongestAnswer] + "…";
        }
        catch (HttpRequestException fault)
        {
            return fault.Message;
        }
    }

    private static AuthenticationHeaderValue? Authorization(InfluxOptions options)
    {
        string token = options.TokenFile.Length > 0 ? File.ReadAllText(options.TokenFile).Trim() : "";
        return options.Version switch
        {
            InfluxVersion.V1 when options.User.Length > 0 =>
                new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.User}:{token}"))),
            InfluxVersion.V1 => null,
            InfluxVersion.V2 => new AuthenticationHeaderValue("Token", token),
            _ => new AuthenticationHeaderValue("Bearer", token),
        };
    }

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
