using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Tests.Hosting;

public sealed class VerifyTests : IAsyncLifetime
{
    private const string Name = "TA00716_000001_20261121153000.jpg";

    private static readonly string[] AllSteps =
    [
        "SIGNATURE", "SIZE", "SHA256", "CHUNKS", "LEDGER",
        "MANIFEST_RECEIPT", "MANIFEST_COMMITMENT", "MANIFEST_CHECKPOINT", "MANIFEST_PROOF",
        "MEDIA_CONTENT", "MEDIA_RECEIPT", "MEDIA_COMMITMENT", "MEDIA_CHECKPOINT", "MEDIA_PROOF",
    ];

    private readonly string _root = Directory.CreateTempSubdirectory("verify-").FullName;
    private FakeCentre _centre = null!; // InitializeAsync

    private string File => Path.Combine(_root, Name);

    private string Config => Path.Combine(_root, "agent.json");

    public async ValueTask InitializeAsync()
    {
        _centre = await FakeCentre.StartAsync();
        await System.IO.File.WriteAllBytesAsync(File, Footage.Jpeg, TestContext.Current.CancellationToken);
        await System.IO.File.WriteAllTextAsync(
            Config, $$"""{ "Agent": { "DataDirectory": "{{_root}}/agent" } }""",
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _centre.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task A_proved_file_passes_every_step_beside_a_running_agent_and_without_one()
    {
        await using (await ProvedAsync())
            await PassesAsync();
        await PassesAsync();

        async Task PassesAsync()
        {
            var (code, output, error) = await VerifyAsync();
            Assert.Equal((ExitCodes.Ok, ""), (code, error));
            Assert.Equal(AllSteps, Steps(output, "PASS"));
            Assert.EndsWith("VERDICT PASS: all 14 steps", output.TrimEnd());
        }
    }

    [Fact]
    public async Task A_changed_file_fails_where_it_differs_and_an_unknown_one_is_said_to_be_unknown()
    {
        await using (await ProvedAsync())
        {
        }
        var bytes = Footage.Jpeg;
        bytes[^1] ^= 1;
        await System.IO.File.WriteAllBytesAsync(File, bytes, TestContext.Current.CancellationToken);
        var (code, output, _) = await VerifyAsync();
        Assert.Equal((ExitCodes.Negative, true), (code, output.Contains("VERDICT FAIL")));
        Assert.Equal(["SHA256", "CHUNKS", "MEDIA_CONTENT"], Steps(output, "FAIL"));

        System.IO.File.Move(File, Path.Combine(_root, "other.jpg"));
        (code, output, _) = await VerifyAsync("other.jpg");
        Assert.Equal(ExitCodes.Negative, code);
        Assert.EndsWith("VERDICT FAIL: not known here", output.TrimEnd());
    }

    [Fact]
    public async Task Footage_the_centre_has_not_answered_waits_and_passes_so_far()
    {
        await using (var agent = await RunningAgent.StartAsync("http://127.0.0.1:1", _root))
        {
            agent.Dock(Name, Footage.Jpeg);
            await RunningAgent.UntilAsync(() => agent.Get<Media.Catalog.MediaCatalog>().Where(e => e.StationCopied).Count == 1, "the copy");
        }

        var (code, output, _) = await VerifyAsync();

        Assert.Equal(ExitCodes.Ok, code);
        Assert.Equal(["SIGNATURE", "SIZE", "SHA256", "CHUNKS"], Steps(output, "PASS"));
        Assert.Equal(["LEDGER", "MANIFEST_RECEIPT", "MEDIA_RECEIPT"], Steps(output, "WAITS"));
        Assert.Contains("VERDICT PASS so far: 3 of 7", output);
    }

    [Fact]
    public async Task Every_piece_of_evidence_that_is_tampered_with_fails_its_own_step()
    {
        await using (await ProvedAsync())
        {
        }
        var digest = await MediaHasher.HashAsync(new MemoryStream(Footage.Jpeg), MediaHashOptions.Default, cancellationToken: TestContext.Current.CancellationToken);
        await using var archive = new EvidenceArchive(new PhysicalFileSystem(), new AgentPaths(Path.Combine(_root, "agent")));
        var item = Assert.Single(archive.Find(digest.Sha256, Name));
        using var other = SigningKey.Create();
        var otherLedger = new NoteSigner(item.Ledger!.Origin, other).VerifierKey;

        Assert.Empty(Failed(item));
        Assert.Equal(["SIGNATURE"], Failed(item with { PublicKey = other.Spki }));
        Assert.Equal(
            ["LEDGER", "MANIFEST_CHECKPOINT", "MEDIA_CHECKPOINT"], Failed(item with { Ledger = item.Ledger with { VerifierKey = otherLedger } }));
        Assert.Equal(["LEDGER"], Failed(item with { Ledger = item.Ledger with { Fork = "seen" } }));
        Assert.Equal(["MANIFEST_COMMITMENT"], Failed(item with { Receipt = Changed(item.Receipt!, r => r.Salt = Flip(r.Salt)) }));
        Assert.Contains("MANIFEST_RECEIPT", Failed(item with { Receipt = Changed(item.Receipt!, r => r.Leaf = Flip(r.Leaf)) }));
        Assert.Equal(
            ["MANIFEST_PROOF", "MEDIA_CONTENT"], Failed(item with { Receipt = Changed(item.Receipt!, r => (r.Index, r.DurableSize) = (r.Index + 1, r.DurableSize + 1)) }));
        Assert.Equal(["MANIFEST_PROOF"], Failed(item with { Proof = Changed(item.Proof!, p => p.Path[0] = Flip(p.Path[0])) }));
        Assert.Equal(["MEDIA_COMMITMENT"], Failed(item with { Media = Changed(item.Media!, m => m.Receipt.Salt = Flip(m.Receipt.Salt)) }));
        Assert.Equal(["MEDIA_PROOF"], Failed(item with { MediaProof = Changed(item.MediaProof!, p => p.Path[^1] = Flip(p.Path[^1])) }));

        string[] Failed(EvidenceItem tampered) =>
            [.. EvidenceCheck.Run(tampered, digest).Where(s => s.Finding == EvidenceFinding.Fail).Select(s => s.Name)];
    }

    private static T Changed<T>(T original, Action<T> change) where T : IDeepCloneable<T>
    {
        var copy = original.Clone();
        change(copy);
        return copy;
    }

    private static ByteString Flip(ByteString bytes)
    {
        var copy = bytes.ToByteArray();
        copy[0] ^= 0x80;
        return ByteString.CopyFrom(copy);
    }

    private async Task<RunningAgent> ProvedAsync()
    {
        var agent = await RunningAgent.StartAsync(_centre.Address, _root);
        agent.Dock(Name, Footage.Jpeg);
        await RunningAgent.UntilAsync(() => agent.Get<Media.Catalog.MediaCatalog>().Where(e => e.CentreStored).Count == 1, "the file at the centre");
        await RunningAgent.UntilAsync(() => agent.Get<ReceiptStore>().Unproved().Count == 0, "every proof");
        return agent;
    }

    private Task<(int Code, string Output, string Error)> VerifyAsync(string? name = null) =>
        AgentProcess.RunAsync("verify", "--config", Config, Path.Combine(_root, name ?? Name));

    private static string[] Steps(string output, string finding) =>
        [.. output.Split('\n').Where(l => l.StartsWith(finding, StringComparison.Ordinal)).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])];
}
