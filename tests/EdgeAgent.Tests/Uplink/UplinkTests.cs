using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Uplink;

public sealed class UplinkTests : IAsyncLifetime
{
    private const string Name = "TA00716_000001_20261121153000.jpg";

    private FakeCentre _centre = null!; // InitializeAsync

    public async ValueTask InitializeAsync() => _centre = await FakeCentre.StartAsync();

    public ValueTask DisposeAsync() => _centre.DisposeAsync();

    [Fact]
    public async Task Docked_footage_ends_at_the_centre_proved_and_attested()
    {
        await using var agent = await RunningAgent.StartAsync(_centre.Address);
        agent.Dock(Name, Footage.Jpeg);

        await AtCentreAsync(agent, 1);

        var entry = Assert.Single(agent.Get<MediaCatalog>().Where(_ => true));
        var proof = agent.Get<ReceiptStore>().Find(entry.Key)!;
        Assert.True(proof is { Receipt: not null, Proof: not null, Media: not null, MediaProof: not null });
        Assert.Equal(Footage.Jpeg, _centre.Shelf.Content(proof.LedgerIndex));
        await RunningAgent.UntilAsync(() => agent.Get<ReceiptStore>().Unproved().Count == 0, "every P0 record proved");
        Assert.Empty(agent.Get<StationAlarms>().Raised);
    }

    [Fact]
    public async Task A_connection_that_drops_sends_again_and_doubles_nothing()
    {
        _centre.Faults.DropAfter(3);
        await using var agent = await RunningAgent.StartAsync(_centre.Address);
        for (var i = 0; i < 20; i++)
            await agent.AlertAsync($"alert {i}");

        await RunningAgent.UntilAsync(() => Alerts().Length >= 20, "twenty alerts");

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"alert {i}").Order(), Alerts().Order());
        Assert.True(_centre.Faults.Streams > 2, "the connection dropped");
    }

    [Fact]
    public async Task A_record_refused_for_good_lies_in_quarantine_is_named_and_holds_up_nothing()
    {
        _centre.Faults.Refuses = r => r.FieldAlert?.Title == "poison";
        await using var agent = await RunningAgent.StartAsync(_centre.Address);
        await agent.AlertAsync("poison");
        await agent.AlertAsync("after");

        await RunningAgent.UntilAsync(() => _centre.Ledger.Records.Any(r => r.PermanentRefusal is not null), "the refusal's record");
        await RunningAgent.UntilAsync(() => Alerts().Contains("after"), "the record behind it");

        var refusal = _centre.Ledger.Records.Select(r => r.PermanentRefusal).Single(r => r is not null);
        Assert.Equal(8u, refusal.Code);
        Assert.True(File.Exists(Path.Combine(agent.Root, "agent", "quarantine", refusal.QuarantineName)));
        Assert.DoesNotContain("poison", Alerts());
    }

    [Fact]
    public async Task A_receipt_that_does_not_fit_moves_nothing_and_raises_the_alarm()
    {
        _centre.Faults.WrongReceipts = true;
        await using var agent = await RunningAgent.StartAsync(_centre.Address);

        await RunningAgent.UntilAsync(() => agent.Get<StationAlarms>().Any(StationAlarms.ReceiptMismatch), "the alarm");

        Assert.Equal(0ul, agent.Get<ReceiptStore>().ContiguousOf(1, RecordClass.P0));
        Assert.True(agent.Get<StationAlarms>().ForbidRelease);
    }

    [Fact]
    public async Task An_upload_that_is_cut_goes_on_with_what_is_missing()
    {
        var content = new byte[9 << 20];
        new Random(7).NextBytes(content);
        _centre.Faults.CutUploadAfter(2);
        await using var agent = await RunningAgent.StartAsync(_centre.Address);
        agent.Dock("TA00716_000001_20261121153000.bin", content);

        await AtCentreAsync(agent, 1);

        Assert.Equal(3, _centre.Faults.Chunks); // the vault fails the test if a durable chunk comes again
        Assert.Equal(content, _centre.Shelf.Content(agent.Get<ReceiptStore>().Find(agent.Get<MediaCatalog>().Where(_ => true)[0].Key)!.LedgerIndex));
    }

    [Fact]
    public async Task A_restarted_agent_knows_what_it_has_and_sends_nothing_twice()
    {
        string root;
        await using (var agent = await RunningAgent.StartAsync(_centre.Address))
        {
            root = agent.Root;
            agent.Dock(Name, Footage.Jpeg);
            await AtCentreAsync(agent, 1);
        }

        await using var again = await RunningAgent.StartAsync(_centre.Address, root);
        await again.AlertAsync("second life");
        await RunningAgent.UntilAsync(() => Alerts().Contains("second life"), "the alert");

        Assert.Single(_centre.Ledger.Records, r => r.MediaManifest is not null);
        Assert.Single(_centre.Ledger.Records, r => r.MediaStored is not null);
        Assert.Single(_centre.Ledger.Records, r => r.EpochStart is not null);
    }

    [Fact]
    public async Task A_lost_spool_gets_a_new_epoch_from_the_service_before_it_says_anything()
    {
        string root;
        await using (var agent = await RunningAgent.StartAsync(_centre.Address))
        {
            root = agent.Root;
            await agent.AlertAsync("first life");
            await RunningAgent.UntilAsync(() => Alerts().Contains("first life"), "the alert");
        }
        Directory.Delete(Path.Combine(root, "agent", "spool"), recursive: true);
        Directory.Delete(Path.Combine(root, "agent", "receipts"), recursive: true);

        await using var again = await RunningAgent.StartAsync(_centre.Address, root);
        await again.AlertAsync("second life");
        await RunningAgent.UntilAsync(() => Alerts().Contains("second life"), "the alert");

        var start = _centre.Ledger.Records.Single(r => r.EpochStart is { Reason: "sequence state lost" });
        Assert.Equal((2u, 1ul), (start.Identity.Epoch, start.Identity.Sequence));
    }

    [Fact]
    public async Task A_ledger_with_two_histories_is_an_alarm_that_stays()
    {
        string root;
        await using (var agent = await RunningAgent.StartAsync(_centre.Address))
        {
            root = agent.Root;
            await RunningAgent.UntilAsync(() => agent.Get<PinnedLedger>().Current is { LastNote.Length: > 0 }, "a first checkpoint");
            _centre.Ledger.Forked = true;
            await agent.AlertAsync("after the fork");
            await RunningAgent.UntilAsync(() => agent.Get<StationAlarms>().Any(StationAlarms.LedgerForked), "the alarm");
        }

        await using var again = await RunningAgent.StartAsync(_centre.Address, root);
        await RunningAgent.UntilAsync(() => again.Get<StationAlarms>().ForbidRelease, "the alarm after a restart");
    }

    private string[] Alerts() => [.. _centre.Ledger.Records.Where(r => r.FieldAlert is not null).Select(r => r.FieldAlert.Title)];

    private static Task AtCentreAsync(RunningAgent agent, int files) =>
        RunningAgent.UntilAsync(() => agent.Get<MediaCatalog>().Where(e => e.CentreStored).Count == files, $"{files} files at the centre");
}
