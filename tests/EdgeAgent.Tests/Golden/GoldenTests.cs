using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.EdgeAgent.Tests.Golden;

/// <summary>
/// A station's data as an agent of format version 1 left them: spool of several classes and segments, receipts, proofs, a docked file. Every
/// later agent must read and check them, and number on where they end. The station's private key is not among them, its public one is.
/// </summary>
public sealed class GoldenTests : IDisposable
{
    private const string Version = "v1";
    private const string PublicKeyFile = "producer.pub";
    private const int Alerts = 12;

    private readonly string _root = Directory.CreateTempSubdirectory("golden-").FullName;

    private static string Golden => GoldenFolder.PathOf("EdgeAgent.Tests", Version);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    /// <summary>Writes the golden directory when asked to, else shows that what is there is small and holds no key.</summary>
    [Fact]
    public async Task The_directory_is_small_and_holds_no_key()
    {
        if (GoldenFolder.IsToBeMade)
            await MakeAsync();
        var files = Directory.GetFiles(Golden, "*", SearchOption.AllDirectories);
        foreach (var part in (string[])["p0", "p2", "receipts", "media"])
            Assert.Contains(files, f => f.Contains($"{Path.DirectorySeparatorChar}{part}{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        Assert.InRange(files.Sum(f => new FileInfo(f).Length), 1, 1 << 20);
        foreach (var file in files)
            Assert.DoesNotContain("PRIVATE KEY", await File.ReadAllTextAsync(file, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_read_and_checked_and_numbering_goes_on()
    {
        GoldenFolder.Copy(Golden, Path.Combine(_root, "agent"));
        var publicKey = await File.ReadAllBytesAsync(Path.Combine(Golden, PublicKeyFile), Cancellation);
        await using var agent = await RunningAgent.StartAsync("http://127.0.0.1:9", _root); // nobody listens there
        var (spool, receipts) = (agent.Get<AgentSpool>(), agent.Get<ReceiptStore>());
        var pin = agent.Get<PinnedLedger>().Current!;
        Assert.True(LedgerFollower.TryCreate(pin.Origin, pin.VerifierKey, pin.LastNote, out _));

        var proved = 0;
        var log = spool.Current.Single(s => s.Class == RecordClass.P0);
        foreach (var (key, envelope) in log.ReadFrom(1, int.MaxValue, long.MaxValue))
        {
            // What this process numbers itself is signed with a key of its own.
            if (receipts.ReadReceipt(key) is not { } receipt)
                continue;
            Assert.True(EnvelopeReader.TryRead(envelope, out var opened));
            Assert.True(EnvelopeVerifier.Verify(opened, publicKey));
            Assert.Equal(ReceiptFinding.Valid, ReceiptCheck.Verify(receipt, envelope.Span, opened.Identity!, pin.Origin));
            var proof = receipts.ReadProof(key, ReceiptKind.RecordProof)!;
            Assert.True(LedgerFollower.TryCreate(pin.Origin, pin.VerifierKey, proof.Checkpoint.Span, out var under));
            Assert.True(ProofPath.TryParse(proof.Path, out var path));
            Assert.Equal(ProofFinding.Proven, RecordProof.Check(receipt.Leaf.Span, receipt.Index, path, under.Last!));
            proved++;
        }
        Assert.True(proved > Alerts, $"{proved} records are proved");
        Assert.True(Assert.Single(agent.Get<MediaCatalog>().Where(_ => true)).CentreStored);

        var last = log.LastSequence;
        await agent.AlertAsync("after");
        Assert.Equal(last + 1, log.LastSequence);
    }

    private async Task MakeAsync()
    {
        var station = Directory.CreateTempSubdirectory("golden-station-").FullName;
        await using (var centre = await FakeCentre.StartAsync())
        {
            var agent = await RunningAgent.StartAsync(centre.Address, station, segmentBytes: 2048);
            agent.Dock("TA00716_000001_20261121153000.jpg", Footage.Jpeg);
            for (var i = 0; i < Alerts; i++)
                await agent.AlertAsync($"报警 {i}");
            var catalog = agent.Get<MediaCatalog>();
            await RunningAgent.UntilAsync(() => catalog.Count == 1 && catalog.NotAtCentreCount == 0, "the file is at the centre");
            var (spool, receipts) = (agent.Get<AgentSpool>(), agent.Get<ReceiptStore>());
            await RunningAgent.UntilAsync(
                () => receipts.Unproved().Count == 0 && spool.Current.All(s => receipts.AnsweredCountOf(s.Epoch, s.Class) == s.LastSequence), "all is proved");
            var key = agent.Get<ProducerKey>().Key.Spki.ToArray();
            await agent.DisposeAsync();
            if (Directory.Exists(Golden))
                Directory.Delete(Golden, recursive: true);
            GoldenFolder.Copy(Path.Combine(station, "agent"), Golden, "keys", "agent.lock", "writer.lock");
            await File.WriteAllBytesAsync(Path.Combine(Golden, PublicKeyFile), key, Cancellation);
        }
        Directory.Delete(station, recursive: true);
    }
}
