using System.CommandLine;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Tests.Door;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Backup;

/// <summary>A folder with a data directory, a place for back-ups and one to restore to; services and verbs as an operator runs them.</summary>
internal sealed class BackupWorld : IDisposable
{
    public const string FirstOrigin = LedgerOptions.DefaultOrigin;

    private readonly string _root = Directory.CreateTempSubdirectory("ingest-backup-").FullName;

    public string Data => Path.Combine(_root, "data");

    public string Target => Path.Combine(_root, "backup");

    public string Keys => Path.Combine(_root, "keys-apart");

    public string Restored => Path.Combine(_root, "restored");

    public Producer Producer { get; } = new("dock-1", SigningKey.Create());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Small segments, so that some are sealed.</summary>
    public static async Task<WebApplication> StartAsync(string data)
    {
        // The smallest segment there may be: a few records seal one.
        var config = Path.Combine(Path.GetDirectoryName(data)!, "ingest.json");
        await File.WriteAllTextAsync(config, """{"Ledger": {"SegmentBytes": 4096}}""", Cancellation);
        var app = Program.Build(new HostArguments(data, GrpcPort: 0, HttpPort: 0, MqttPort: 0, ConfigFile: config));
        await app.StartAsync(Cancellation);
        return app;
    }

    public static async Task StopAsync(WebApplication app)
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    public static GrpcChannel Channel(WebApplication app) => GrpcChannel.ForAddress(app.Urls.First());

    public static T Get<T>(WebApplication app) where T : notnull => app.Services.GetRequiredService<T>();

    public async Task RegisterAsync(WebApplication app)
    {
        using var channel = Channel(app);
        await new Enrolment.EnrolmentClient(channel).RegisterAsync(Producer.Registration("dock-1", Producer.Key), cancellationToken: Cancellation);
    }

    public async Task<List<(byte[] Envelope, Receipt Receipt)>> ReportAsync(WebApplication app, int count)
    {
        using var channel = Channel(app);
        using var stream = await ReportClient.OpenAsync(channel, "dock-1", Cancellation);
        var sent = new List<(byte[], Receipt)>();
        for (var i = 0; i < count; i++)
        {
            var envelope = Producer.SealedStatus();
            sent.Add((envelope, (await stream.AskAsync(envelope)).Receipt));
        }
        return sent;
    }

    /// <summary>A stored file: the object, and the entry that promises it.</summary>
    public async Task<Sha256Hash> StoreAsync(WebApplication app, byte[] content)
    {
        var hash = Sha256Hash.Of(content);
        var path = ObjectIn(Data, hash);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, content, Cancellation);
        var outcome = await Get<IFactAppender>(app).AppendAsync(LeafOrigin.Ledger, new Record
        {
            MediaStored = new MediaStored { Sha256 = ByteString.CopyFrom(hash.ToArray()), SizeBytes = (ulong)content.Length },
        }, Cancellation);
        Assert.NotNull(outcome.Outcome.Receipt);
        return hash;
    }

    public static string ObjectIn(string directory, Sha256Hash hash) =>
        Path.Combine(directory, "media", "objects", hash.ToString()[..2], hash.ToString());

    public static Task SignedAsync(WebApplication app, ulong size) =>
        Get<ILedgerProofs>(app).WaitForSizeAsync(size, Cancellation).AsTask();

    /// <summary>Exit code and what was written, errors included.</summary>
    public static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        using var text = new StringWriter();
        var code = await IngestCommandLine.InvokeAsync(args, Program.Build, new InvocationConfiguration { Output = text, Error = text });
        return (code, text.ToString());
    }

    public static async Task RunWellAsync(params string[] args)
    {
        var (code, output) = await RunAsync(args);
        Assert.True(code == 0, output);
    }

    public static async Task RefusedAsync(string words, params string[] args)
    {
        var (code, output) = await RunAsync(args);
        Assert.NotEqual(0, code);
        Assert.Contains(words, output, StringComparison.Ordinal);
    }

    public static async Task StartRefusedAsync(string words, string data, string? origin = null)
    {
        var config = Path.Combine(Path.GetDirectoryName(data)!, "ingest-refused.json");
        await File.WriteAllTextAsync(config, $$"""{ "Ledger": { "Origin": "{{origin ?? FirstOrigin}}" } }""", Cancellation);
        await using var app = Program.Build(new HostArguments(data, GrpcPort: 0, HttpPort: 0, MqttPort: 0, ConfigFile: config));
        var refused = await Assert.ThrowsAsync<LedgerFatalException>(() => app.StartAsync(Cancellation));
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Producer.Key.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
