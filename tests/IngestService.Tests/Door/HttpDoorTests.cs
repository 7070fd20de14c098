using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using EdgeEnforcement.IngestService.Media;
using EdgeEnforcement.IngestService.Tests.Media;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Door;

public sealed class HttpDoorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Footage_is_served_whole_with_its_hash_as_tag()
    {
        await using var host = await WithFootageAsync();
        var response = await host.Http.GetAsync("/media/0", Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Content, await response.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("video/mp4", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"\"{Evidence.Sha256Hash.Of(Content)}\"", response.Headers.ETag!.Tag);
        Assert.Equal("bytes", Assert.Single(response.Headers.AcceptRanges));
        Assert.Null(response.Content.Headers.ContentDisposition);
        var kept = new HttpRequestMessage(HttpMethod.Get, "/media/0");
        kept.Headers.IfNoneMatch.Add(response.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, (await host.Http.SendAsync(kept, Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("bytes=0-0", 0, 1)]
    [InlineData("bytes=100-199", 100, 100)]
    [InlineData("bytes=99990-", 99_990, 10)]
    [InlineData("bytes=-7", 99_993, 7)]
    [InlineData("bytes=99999-200000", 99_999, 1)]
    public async Task A_range_is_the_bytes_asked_for(string range, int start, int length)
    {
        await using var host = await WithFootageAsync();
        var response = await GetAsync(host, "/media/0", range);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(Content.AsSpan(start, length).ToArray(), await response.Content.ReadAsByteArrayAsync(Cancellation));
        var stated = response.Content.Headers.ContentRange!;
        Assert.Equal((start, start + length - 1, Content.Length), (stated.From, stated.To, stated.Length));
    }

    [Fact]
    public async Task A_range_beyond_the_end_is_not_satisfiable()
    {
        await using var host = await WithFootageAsync();
        var response = await GetAsync(host, "/media/0", "bytes=100000-");
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal(Content.Length, response.Content.Headers.ContentRange!.Length);
    }

    [Fact]
    public async Task If_range_with_another_tag_gives_the_whole()
    {
        await using var host = await WithFootageAsync();
        var other = await GetAsync(host, "/media/0", "bytes=0-9", "\"other\"");
        Assert.Equal((HttpStatusCode.OK, Content.Length), (other.StatusCode, (await other.Content.ReadAsByteArrayAsync(Cancellation)).Length));
        var same = await GetAsync(host, "/media/0", "bytes=0-9", $"\"{Evidence.Sha256Hash.Of(Content)}\"");
        Assert.Equal((HttpStatusCode.PartialContent, 10), (same.StatusCode, (await same.Content.ReadAsByteArrayAsync(Cancellation)).Length));
    }

    [Fact]
    public async Task Head_has_the_length_and_no_body_and_a_download_its_own_name()
    {
        await using var host = await WithFootageAsync();
        var head = await host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/media/0"), Cancellation);
        Assert.Equal((HttpStatusCode.OK, Content.Length), (head.StatusCode, head.Content.Headers.ContentLength));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));

        var download = (await host.Http.GetAsync("/media/0?download=1", Cancellation)).Content.Headers.ContentDisposition!;
        Assert.Equal(("attachment", "执法 0001.MP4"), (download.DispositionType, download.FileNameStar));
    }

    [Theory]
    [InlineData("/media/7", HttpStatusCode.NotFound, "NO_SUCH_ENTRY")]
    [InlineData("/media/1", HttpStatusCode.Conflict, "CHUNKS_MISSING")]
    [InlineData("/media/2", HttpStatusCode.Conflict, "NOT_A_MANIFEST")]
    [InlineData("/media/x", HttpStatusCode.NotFound, "NO_SUCH_PAGE")]
    [InlineData("/nothing", HttpStatusCode.NotFound, "NO_SUCH_PAGE")]
    public async Task What_is_not_there_is_refused_in_json(string path, HttpStatusCode status, string name)
    {
        await using var host = await WithFootageAsync();
        await MediaFixture.AppendAsync(host.Ledger, [1, 2, 3]);
        await host.RegisterAsync("dock-1");

        var response = await host.Http.GetAsync(path, Cancellation);

        Assert.Equal(status, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal(name, body.RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Health_names_the_ledger_and_metrics_count_what_the_door_did()
    {
        await using var host = await WithFootageAsync();
        var producer = await host.RegisterAsync("dock-1");
        using var stream = await host.ReportAsync("dock-1");
        await stream.AskAsync(producer.SealedStatus());
        await stream.AskAsync([1]);

        using var health = JsonDocument.Parse(await host.Http.GetStringAsync("/health", Cancellation));
        Assert.True(health.RootElement.GetProperty("live").GetBoolean());
        Assert.Equal("3", health.RootElement.GetProperty("parts").GetProperty("ledger").GetProperty("numbers").GetProperty("size").GetString());
        var metrics = await host.Http.GetStringAsync("/metrics", Cancellation);
        Assert.Contains("# TYPE door_records_accepted_total counter", metrics);
        Assert.Contains("door_records_accepted_total{code=\"Appended\"}", metrics);
        Assert.Contains("door_records_refused_total{code=\"MALFORMED\"}", metrics);
        Assert.Contains("door_ticket_wait_seconds_bucket{le=\"+Inf\"}", metrics);
    }

    private static byte[] Content { get; } = MediaFixture.Bytes(100_000);

    private static async Task<DoorHost> WithFootageAsync()
    {
        var disk = new ShadowFileSystem();
        var host = await DoorHost.StartAsync(files: disk);
        var fixture = await MediaFixture.AppendAsync(host.Ledger, Content);
        var path = new MediaPaths("/media").Object(fixture.Hash);
        disk.CreateDirectory(Path.GetDirectoryName(path)!);
        disk.Place(path, Content);
        return host;
    }

    private static Task<HttpResponseMessage> GetAsync(DoorHost host, string path, string range, string? ifRange = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Range = RangeHeaderValue.Parse(range);
        if (ifRange is not null)
            request.Headers.IfRange = new RangeConditionHeaderValue(ifRange);
        return host.Http.SendAsync(request, Cancellation);
    }
}
