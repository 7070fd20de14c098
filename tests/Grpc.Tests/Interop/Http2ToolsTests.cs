using System.Diagnostics;
using System.Text.RegularExpressions;
using EdgeEnforcement.GrpcTests.Protos;
using Google.Protobuf;

namespace EdgeEnforcement.GrpcTests.Interop;

/// <summary>HTTP/2 tools that know nothing of gRPC and nothing of .NET: Debian's nghttp2-client against our server.</summary>
public sealed partial class Http2ToolsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Ten_thousand_calls_over_four_connections_are_all_answered_and_headers_are_indexed()
    {
        await using var host = await EchoHost.StartAsync();
        var body = await BodyAsync(new EchoMessage { Text = "出水口", Payload = ByteString.CopyFrom(new byte[100]) });

        var said = await RunAsync("h2load", "-n", "10000", "-c", "4", "-m", "32", "-d", body, "-H", "content-type: application/grpc", "-H", "te: trailers", Unary(host));

        Assert.Contains("requests: 10000 total, 10000 started, 10000 done, 10000 succeeded, 0 failed, 0 errored, 0 timeout", said);
        // HPACK: after the first answers of a connection the headers of one are a few indices.
        var headerBytes = long.Parse(HeaderBytes().Match(said).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(headerBytes, 10_000, 400_000);
        host.Log.AssertNoErrors();
    }

    [Fact]
    public async Task Frames_of_an_answer_come_in_order_with_the_status_in_trailers()
    {
        await using var host = await EchoHost.StartAsync();
        var body = await BodyAsync(new EchoMessage { Text = "one" });

        var said = await RunAsync("nghttp", "-v", "-n", "-d", body, "-H", "content-type: application/grpc", "-H", "te: trailers", Unary(host));

        var headers = said.IndexOf(":status: 200", StringComparison.Ordinal);
        var data = said.IndexOf("recv DATA frame", StringComparison.Ordinal);
        var trailers = said.IndexOf("grpc-status: 0", StringComparison.Ordinal);
        Assert.True(0 <= headers && headers < data && data < trailers, said);
        Assert.Contains("content-type: application/grpc", said);
        Assert.DoesNotContain("RST_STREAM", said);
    }

    [GeneratedRegex(@"\((\d+)\) headers")]
    private static partial Regex HeaderBytes();

    private static string Unary(EchoHost host) => new Uri(host.Address, "grpctests.v1.Echo/Unary").ToString();

    private static async Task<string> BodyAsync(EchoMessage message)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("grpc-body-").FullName, "body");
        await File.WriteAllBytesAsync(file, RawCall.Frame(message), TestContext.Current.CancellationToken);
        return file;
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("Debian's package nghttp2-client is needed.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, output + await errors);
            return output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
