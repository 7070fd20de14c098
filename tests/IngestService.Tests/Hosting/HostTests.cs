using System.Net;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Tests.Ledger;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using LedgerClient = EdgeEnforcement.Contracts.V1.Ledger.LedgerClient;

namespace EdgeEnforcement.IngestService.Tests.Hosting;

public sealed class HostTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("ingest-host-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    private WebApplication Build() => Program.Build(new HostArguments(_data, GrpcPort: 0, HttpPort: 0, MqttPort: 0));

    private static Task<int> InvokeAsync(params string[] args) => IngestCommandLine.InvokeAsync(args, Program.Build);

    private static async Task<AppendReceipt> AppendAsync(WebApplication app, AppendRequest request)
    {
        var ticket = await app.Services.GetRequiredService<ILedgerAppender>().AppendAsync(request, TestContext.Current.CancellationToken);
        return (await ticket.Outcome).Receipt!;
    }

    [Fact]
    public async Task A_record_is_proved_over_the_wire_by_its_receipt_alone()
    {
        await using var app = Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var request = LedgerFixture.Request(1);
        var receipt = await AppendAsync(app, request);
        using var channel = GrpcChannel.ForAddress(app.Urls.First());
        var client = new LedgerClient(channel);

        var answer = await client.GetCheckpointAsync(new GetCheckpointRequest { AtLeastSize = receipt.DurableSize });
        Assert.True(NoteVerifier.TryParse(answer.VerifierKey, out var verifier));
        Assert.Equal(NoteFinding.Verified, SignedNote.Open(answer.Note.Span, [verifier], out var note));
        Assert.True(Checkpoint.TryParse(note!.Text.Span, out var checkpoint));
        var proof = await client.GetInclusionProofAsync(new InclusionProofRequest { Index = receipt.Index.Value, TreeSize = checkpoint.Size });
        Sha256Hash[] path = [.. proof.Path.Select(h => Sha256Hash.FromBytes(h.Span))];
        Assert.True(ProofVerifier.VerifyInclusion(MerkleHashing.Leaf(receipt.Leaf.Span), receipt.Index.Value, checkpoint.Size, path, checkpoint.Root));

        var entry = await client.GetEntryAsync(new GetEntryRequest { Index = receipt.Index.Value });
        Assert.True(entry.Envelope.Span.SequenceEqual(request.Envelope.Span));
        var above = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.GetInclusionProofAsync(new InclusionProofRequest { Index = 0, TreeSize = checkpoint.Size + 1 }));
        Assert.Equal(StatusCode.OutOfRange, above.StatusCode);
        var none = await Assert.ThrowsAsync<RpcException>(async () => await client.GetEntryAsync(new GetEntryRequest { Index = 99 }));
        Assert.Equal(StatusCode.NotFound, none.StatusCode);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Checkpoint_tiles_and_entries_are_served_as_files_and_hold_leaves_only()
    {
        await using var app = Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        var receipt = await AppendAsync(app, LedgerFixture.Request(1));
        await app.Services.GetRequiredService<ILedgerProofs>().WaitForSizeAsync(1, TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.ElementAt(1)) };

        var checkpoint = await http.GetAsync("/ledger/checkpoint", TestContext.Current.CancellationToken);
        Assert.Equal("text/plain; charset=utf-8", checkpoint.Content.Headers.ContentType!.ToString());
        Assert.Equal(
            app.Services.GetRequiredService<ILedgerProofs>().Newest.Note.ToArray(),
            await checkpoint.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(
            MerkleHashing.Leaf(receipt.Leaf.Span).ToArray(), await http.GetByteArrayAsync("/ledger/tile/0/000.p/1", TestContext.Current.CancellationToken));
        var bundle = await http.GetByteArrayAsync("/ledger/tile/entries/000.p/1", TestContext.Current.CancellationToken);
        Assert.True(EntryBundle.TryParse(bundle, 1, out var leaves));
        Assert.Equal(receipt.Leaf.ToArray(), leaves[0]);
        foreach (var absent in (string[])["/ledger/tile/entries/000", "/ledger/tile/entries/0.p/1", "/ledger/tile/entries/000.p/01", "/ledger/last-signed",
            "/ledger/../last-signed", "/ledger/%2e%2e/last-signed", "/ledger/tile/0/001"])
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(absent, TestContext.Current.CancellationToken)).StatusCode);
        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_second_service_on_the_same_data_is_refused()
    {
        await using var app = Build();
        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal((int)ExitCode.LedgerRefused, await InvokeAsync("run", "--data", _data, "--grpc-port", "0", "--http-port", "0", "--mqtt-port", "0"));

        await app.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Bad_configuration_names_every_failure()
    {
        using var errors = new StringWriter();
        var before = Console.Error;
        Console.SetError(errors);
        try
        {
            Assert.Equal((int)ExitCode.BadConfiguration, await InvokeAsync("run", "--grpc-port", "99999", "--flush-delay", "-5"));
        }
        finally
        {
            Console.SetError(before);
        }
        foreach (var word in (string[])["--data", "GrpcPort", "FlushDelayMilliseconds"])
            Assert.Contains(word, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_ledger_is_refused_and_verify_says_where()
    {
        await using (var app = Build())
        {
            await app.StartAsync(TestContext.Current.CancellationToken);
            await AppendAsync(app, LedgerFixture.Request(1));
            await app.StopAsync(TestContext.Current.CancellationToken);
        }
        Assert.Equal(0, await InvokeAsync("verify", _data));
        var segment = Directory.GetFiles(new LedgerPaths(_data).Segments, "*.seg").Single();
        var bytes = await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken);
        bytes[150] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes, TestContext.Current.CancellationToken);

        Assert.Equal((int)ExitCode.LedgerRefused, await InvokeAsync("run", "--data", _data, "--grpc-port", "0", "--http-port", "0", "--mqtt-port", "0"));
        Assert.Equal((int)ExitCode.Failed, await InvokeAsync("verify", _data));
    }

    [Fact]
    public void The_checkpoint_key_is_readable_by_its_owner_only()
    {
        var paths = new LedgerPaths(_data);
        using var key = EdgeEnforcement.IngestService.Ledger.Checkpoints.CheckpointKeyFile.LoadOrCreate(new EdgeEnforcement.SegmentLog.PhysicalFileSystem(), paths, out var created);
        Assert.True(created);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(paths.CheckpointKey));
        using var again = EdgeEnforcement.IngestService.Ledger.Checkpoints.CheckpointKeyFile.LoadOrCreate(new EdgeEnforcement.SegmentLog.PhysicalFileSystem(), paths, out created);
        Assert.False(created);
        Assert.Equal(key.KeyId, again.KeyId);
    }
}
