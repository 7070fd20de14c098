using System.IO.Compression;
using System.Net;
using EdgeEnforcement.IngestService.Storage.Influx;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EdgeEnforcement.IngestService.Tests.Influx;

/// <summary>2.x and 3.x cannot be had here; what their documentation asks of a request is checked on a listener that writes down what it hears.</summary>
public sealed class InfluxVersionsTests : IAsyncLifetime
{
    private readonly string _token = Path.GetTempFileName();
    private readonly List<(string Path, string Authorization, string Encoding, string Body)> _heard = [];
    private WebApplication _app = null!; // before each test
    private int _status = 204;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_token, "s3cret\n", Cancellation);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HearAsync);
        await _app.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        File.Delete(_token);
    }

    [Theory]
    [InlineData(nameof(InfluxVersion.V1), "/write?db=water%20db&precision=ms", "Basic dW5pdDpzM2NyZXQ=")]
    [InlineData(nameof(InfluxVersion.V2), "/api/v2/write?org=bureau&bucket=water%20db&precision=ms", "Token s3cret")]
    [InlineData(nameof(InfluxVersion.V3), "/api/v3/write_lp?db=water%20db&precision=millisecond", "Bearer s3cret")]
    public async Task Each_version_has_its_path_and_its_word_for_a_token(string version, string path, string authorization)
    {
        using InfluxClient client = new(Options(Enum.Parse<InfluxVersion>(version)));

        Assert.Null((await client.WriteAsync("reading value=1 1\n"u8.ToArray(), Cancellation)).Error);

        Assert.Equal((path, authorization, "gzip", "reading value=1 1\n"), Assert.Single(_heard));
        Assert.DoesNotContain("s3cret", client.Target, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(413, true)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(429, false)]
    [InlineData(503, false)]
    public async Task What_is_wrong_with_the_lines_is_an_answer_and_anything_else_is_tried_again(int status, bool isAnswer)
    {
        _status = status;
        using InfluxClient client = new(Options(InfluxVersion.V2));

        if (isAnswer)
            Assert.Contains("unable to parse", (await client.WriteAsync("x\n"u8.ToArray(), Cancellation)).Error, StringComparison.Ordinal);
        else
            await Assert.ThrowsAsync<InfluxUnavailableException>(() => client.WriteAsync("x\n"u8.ToArray(), Cancellation));
    }

    [Fact]
    public void Options_that_cannot_work_are_refused_with_every_reason()
    {
        InfluxOptionsRules rules = new();

        Assert.True(rules.Validate(null, new InfluxOptions()).Succeeded);
        Assert.True(rules.Validate(null, Options(InfluxVersion.V2)).Succeeded);
        string[] failures = [.. rules.Validate(null, new InfluxOptions { Url = "http://user:secret@host", Version = InfluxVersion.V2 }).Failures!];
        Assert.Equal(3, failures.Length);
        Assert.Contains(failures, failure => failure.Contains("TokenFile", StringComparison.Ordinal));
    }

    private InfluxOptions Options(InfluxVersion version) => new()
    {
        Url = _app.Urls.First(), Version = version, Database = "water db", Organization = "bureau", User = version == InfluxVersion.V1 ? "unit" : "", TokenFile = _token,
    };

    private async Task HearAsync(HttpContext context)
    {
        using GZipStream body = new(context.Request.Body, CompressionMode.Decompress);
        using StreamReader reader = new(body);
        _heard.Add((context.Request.Path + context.Request.QueryString.ToString(), context.Request.Headers.Authorization.ToString(),
            context.Request.Headers.ContentEncoding.ToString(), await reader.ReadToEndAsync(Cancellation)));
        context.Response.StatusCode = _status;
        if (_status != 204)
            await context.Response.WriteAsync("{\"error\":\"unable to parse 'x': missing fields\"}", Cancellation);
    }
}
