using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.Evidence;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.Tests.Uplink;

/// <summary>A centre that tells one lie and is right in all else: each check of the agent alone stands between the lie and what rests on it.</summary>
public sealed class LyingCentreTests : IAsyncLifetime
{
    private const string Name = "TA00716_000001_20261121153000.jpg";

    // EpochStart is the first of the epoch.
    private static readonly RecordKey FirstAlert = new(1, RecordClass.P0, 2);

    private readonly string _root = Directory.CreateTempSubdirectory("liar-").FullName;
    private FakeCentre _centre = null!; // InitializeAsync

    public async ValueTask InitializeAsync() => _centre = await FakeCentre.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _centre.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task An_inclusion_proof_that_does_not_hold_proves_no_record()
    {
        _centre.Faults.LiesAboutInclusion = r => r.FieldAlert is not null;
        await using var agent = await StartAsync();
        await agent.AlertAsync("a");

        await RunningAgent.UntilAsync(() => IsForked(agent) || agent.Get<ReceiptStore>().Find(FirstAlert)?.Proof is not null, "the alarm");

        Assert.Null(agent.Get<ReceiptStore>().Find(FirstAlert)!.Proof);
        Assert.True(IsForked(agent) && agent.Get<StationAlarms>().ForbidRelease);
    }

    [Fact]
    public async Task An_inclusion_proof_that_does_not_hold_hands_no_footage_over()
    {
        _centre.Faults.LiesAboutInclusion = r => r.MediaStored is not null;
        await using var agent = await StartAsync();
        agent.Dock(Name, Footage.Jpeg);

        await RunningAgent.UntilAsync(() => IsForked(agent) || AtCentre(agent) > 0, "the alarm");

        Assert.Equal(0, AtCentre(agent));
        Assert.Null(agent.Get<ReceiptStore>().Find(Docked(agent).Key)!.MediaProof);
        Assert.True(IsForked(agent));
    }

    [Fact]
    public async Task A_checkpoint_that_does_not_continue_the_last_is_not_stored_and_proves_nothing()
    {
        await using var agent = await StartAsync();
        var receipts = agent.Get<ReceiptStore>();
        await RunningAgent.UntilAsync(
            () => receipts.Find(new RecordKey(1, RecordClass.P0, 1))?.Proof is not null && receipts.Unproved().Count == 0, "the first record proved");
        var before = agent.Get<PinnedLedger>().Current!.LastNote;

        _centre.Ledger.ForkedBelow = 1;
        await agent.AlertAsync("a");
        await RunningAgent.UntilAsync(() => IsForked(agent) || receipts.Find(FirstAlert)?.Proof is not null, "the alarm");

        Assert.Null(receipts.Find(FirstAlert)!.Proof);
        Assert.True(IsForked(agent));
        Assert.Equal(before, agent.Get<PinnedLedger>().Current!.LastNote);
        Assert.NotEmpty(agent.Get<PinnedLedger>().Current!.ForkNote);
    }

    [Theory]
    [InlineData("another salt")]
    [InlineData("another file")]
    [InlineData("another ledger")]
    [InlineData("no entry")]
    public async Task A_media_receipt_that_does_not_fit_is_not_stored(string lie)
    {
        _centre.Faults.LiesAboutMedia = answer => Spoil(answer, lie);
        await using var agent = await StartAsync();
        agent.Dock(Name, Footage.Jpeg);

        // It asks again and again, and believes no answer.
        await RunningAgent.UntilAsync(
            () => Volatile.Read(ref _centre.Faults.Finishes) >= 3 || agent.Get<MediaCatalog>().Where(e => HasMediaReceipt(agent, e)).Count > 0, "three tries");

        Assert.False(HasMediaReceipt(agent, Docked(agent)));
        Assert.Equal(0, AtCentre(agent));
    }

    private FinishAnswer Spoil(FinishAnswer answer, string lie)
    {
        switch (lie)
        {
            case "another salt":
                answer.Receipt.Salt = ByteString.CopyFrom(Enumerable.Repeat((byte)0xEE, Commitment.SaltBytes).ToArray());
                return answer;
            case "another file":
                // A receipt that holds in every way, of an entry that is about something else.
                Assert.True(EnvelopeReader.TryRead(answer.StoredEnvelope.Memory, out var opened));
                var stored = opened.Record!.MediaStored;
                return _centre.Ledger.Invent(
                    stored.ManifestIndex, new MediaManifest { SizeBytes = stored.SizeBytes + 1, Digests = { new Digest { Value = stored.Sha256 } } });
            case "another ledger":
                answer.Receipt.Origin = "other.example/shard-1";
                return answer;
            default:
                answer.StoredEnvelope = ByteString.Empty;
                return answer;
        }
    }

    private Task<RunningAgent> StartAsync() => RunningAgent.StartAsync(_centre.Address, _root);

    private static bool IsForked(RunningAgent agent) => agent.Get<StationAlarms>().Any(StationAlarms.LedgerForked);

    private static int AtCentre(RunningAgent agent) => agent.Get<MediaCatalog>().Where(e => e.CentreStored).Count;

    private static bool HasMediaReceipt(RunningAgent agent, CatalogEntry file) => agent.Get<ReceiptStore>().Find(file.Key)?.Media is not null;

    private static CatalogEntry Docked(RunningAgent agent) => Assert.Single(agent.Get<MediaCatalog>().Where(_ => true));
}
