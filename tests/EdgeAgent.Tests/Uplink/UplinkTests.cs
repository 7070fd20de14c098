using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.EdgeAgent.Uplink.Upload;
using EdgeEnforcement.Evidence;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Uplink;

public sealed class UplinkTests : IAsyncLifetime
{
    private const string Name = "TA00716_000001_20261121153000.jpg";

    private FakeCentre _centre = null!; // InitializeAsync

    private readonly string _root = Directory.CreateTempSubdirectory("agent-").FullName;

    public async ValueTask InitializeAsync() => _centre = await FakeCentre.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _centre.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Docked_footage_ends_at_the_centre_proved_and_attested()
    {
        await using var agent = await StartAsync();
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
        await using var agent = await StartAsync();
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
        await using var agent = await StartAsync();
        await agent.AlertAsync("poison");
        await agent.AlertAsync("after");

        await RunningAgent.UntilAsync(() => _centre.Ledger.Records.Any(r => r.PermanentRefusal is not null), "the refusal's record");
        await RunningAgent.UntilAsync(() => Alerts().Contains("after"), "the record behind it");

        var refusal = _centre.Ledger.Records.Select(r => r.PermanentRefusal).Single(r => r is not null);
        Assert.Equal(8u, refusal.Code);
        Assert.True(File.Exists(Path.Combine(_root, "agent", "quarantine", refusal.QuarantineName)));
        Assert.DoesNotContain("poison", Alerts());
    }

    [Fact]
    public async Task A_receipt_that_does_not_fit_moves_nothing_and_raises_the_alarm()
    {
        _centre.Faults.WrongReceipts = true;
        await using var agent = await StartAsync();

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
        await using var agent = await StartAsync();
        agent.Dock("TA00716_000001_20261121153000.bin", content);

        await AtCentreAsync(agent, 1);

        Assert.Equal(3, _centre.Faults.Chunks); // the vault fails the test if a durable chunk comes again
        Assert.Equal(content, _centre.Shelf.Content(agent.Get<ReceiptStore>().Find(agent.Get<MediaCatalog>().Where(_ => true)[0].Key)!.LedgerIndex));
    }

    [Fact]
    public async Task An_upload_refused_as_erased_is_settled_and_holds_up_no_other()
    {
        _centre.Faults.ErasesMedia = begin => begin == 1;
        await using var agent = await StartAsync();
        agent.Dock("TA00716_000001_20261121153000.bin", "one"u8.ToArray());
        agent.Dock("TA00716_000001_20261121154000.bin", "two"u8.ToArray());

        await RunningAgent.UntilAsync(() => agent.Get<IEnumerable<IAgentLoop>>().OfType<UploadPump>().Single().ErasedCount == 1, "the centre's word");
        await AtCentreAsync(agent, 1);

        // The centre would take it now: it is not offered again.
        Assert.Equal(2, _centre.Faults.Begins);
        Assert.Single(_centre.Shelf.Files);
    }

    [Fact]
    public async Task A_restarted_agent_knows_what_it_has_and_sends_nothing_twice()
    {
        await using (var agent = await StartAsync())
        {
            agent.Dock(Name, Footage.Jpeg);
            await AtCentreAsync(agent, 1);
        }

        await using var again = await StartAsync();
        await again.AlertAsync("second life");
        await RunningAgent.UntilAsync(() => Alerts().Contains("second life"), "the alert");

        Assert.Single(_centre.Ledger.Records, r => r.MediaManifest is not null);
        Assert.Single(_centre.Ledger.Records, r => r.MediaStored is not null);
        Assert.Single(_centre.Ledger.Records, r => r.EpochStart is not null);
    }

    [Fact]
    public async Task A_lost_spool_gets_a_new_epoch_from_the_service_before_it_says_anything()
    {
        await using (var agent = await StartAsync())
        {
            await agent.AlertAsync("first life");
            await RunningAgent.UntilAsync(() => Alerts().Contains("first life"), "the alert");
        }
        Directory.Delete(Path.Combine(_root, "agent", "spool"), recursive: true);
        Directory.Delete(Path.Combine(_root, "agent", "receipts"), recursive: true);

        await using var again = await StartAsync();
        await again.AlertAsync("second life");
        await RunningAgent.UntilAsync(() => Alerts().Contains("second life"), "the alert");

        var start = _centre.Ledger.Records.Single(r => r.EpochStart is { Reason: "sequence state lost" });
        Assert.Equal((2u, 1ul), (start.Identity.Epoch, start.Identity.Sequence));
    }

    [Fact]
    public async Task A_ledger_with_two_histories_is_an_alarm_that_stays()
    {
        await using (var agent = await StartAsync())
        {
            await RunningAgent.UntilAsync(() => agent.Get<PinnedLedger>().Current is { LastNote.Length: > 0 }, "a first checkpoint");
            _centre.Ledger.Forked = true;
            await agent.AlertAsync("after the fork");
            await RunningAgent.UntilAsync(() => agent.Get<StationAlarms>().Any(StationAlarms.LedgerForked), "the alarm");
        }

        await using var again = await StartAsync();
        await RunningAgent.UntilAsync(() => again.Get<StationAlarms>().ForbidRelease, "the alarm after a restart");
    }

    [Fact]
    public async Task A_conflict_is_kept_by_the_ledger_and_opens_a_new_epoch_with_nothing_lost_or_doubled()
    {
        // Somebody numbered under this name before: EpochStart is sequence 1, the first alert will be 2.
        _centre.Ledger.Append(UnsignedEnvelope.Seal(new Record
        {
            Identity = new RecordIdentity { Producer = "dock-test", Epoch = 1, RecordClass = RecordClass.P0, Sequence = 2 },
            PermanentRefusal = new PermanentRefusal { Detail = "of another" },
        }));
        await using var agent = await StartAsync();
        await agent.AlertAsync("in conflict");

        // No further record pushes it: the conflict alone is cause enough.
        await RunningAgent.UntilAsync(() => Starts().Length == 2, "the new epoch's first record");
        for (var i = 0; i < 10; i++)
            await agent.AlertAsync($"after {i}");
        await RunningAgent.UntilAsync(() => Alerts().Length >= 11, "eleven alerts");

        Assert.Equal(["in conflict", .. Enumerable.Range(0, 10).Select(i => $"after {i}")], Alerts().OrderBy(a => a != "in conflict"));
        var second = _centre.Ledger.Records.Where(r => r.Identity.Epoch == 2 && r.Identity.RecordClass == RecordClass.P0).ToArray();
        Assert.Equal(Enumerable.Range(1, 11).Select(i => (ulong)i), second.Select(r => r.Identity.Sequence));
        Assert.Equal(("conflict", 1u), (second[0].EpochStart.Reason, second[0].EpochStart.PreviousEpoch));
        Assert.Equal(2ul, second[0].EpochStart.LastMarks.Single(m => m.RecordClass == RecordClass.P0).LastSequence);
        Assert.Equal(ReceiptCode.Conflict, agent.Get<ReceiptStore>().ReadReceipt(new RecordKey(1, RecordClass.P0, 2))!.Code);
        // Answered, but nothing may rest on it: no recorder is called anchored by it, no footage is sent under it.
        Assert.False(agent.Get<ReceiptStore>().Find(new RecordKey(1, RecordClass.P0, 2))!.IsAnchored);
        Assert.True(agent.Get<StationAlarms>().Any(StationAlarms.RecordKeptAside));
    }

    [Fact]
    public async Task A_record_told_to_come_later_stays_and_is_sent_again_until_it_is_taken()
    {
        var attempts = 0;
        _centre.Faults.Postpones = r => r.FieldAlert?.Title == "not now" && Interlocked.Increment(ref attempts) <= 4;
        await using var agent = await StartAsync();
        await agent.AlertAsync("not now");
        await agent.AlertAsync("behind it");

        await RunningAgent.UntilAsync(() => Alerts().Length >= 2, "both alerts");

        Assert.Equal(5, attempts);
        Assert.Equal(["behind it", "not now"], Alerts().Order());
        await RunningAgent.UntilAsync(() => agent.Get<ReceiptStore>().ContiguousOf(1, RecordClass.P0) == 3, "every receipt");
        Assert.False(Directory.Exists(Path.Combine(_root, "agent", "quarantine")));
    }

    [Fact]
    public async Task A_record_that_is_always_told_to_come_later_never_moves_the_cursor()
    {
        var attempts = 0;
        _centre.Faults.Postpones = r => r.FieldAlert is not null && Interlocked.Increment(ref attempts) > 0;
        await using (var agent = await StartAsync())
        {
            await agent.AlertAsync("not now");
            await RunningAgent.UntilAsync(() => Volatile.Read(ref attempts) >= 3, "three attempts");

            await RunningAgent.UntilAsync(() => agent.Get<UplinkState>().State.Contains("BUSY", StringComparison.Ordinal), "the reason in the state");
            Assert.False(agent.Get<ReceiptStore>().IsAnswered(new RecordKey(1, RecordClass.P0, 2)));
        }

        _centre.Faults.Postpones = _ => false;
        await using var again = await StartAsync();
        await RunningAgent.UntilAsync(() => Alerts().Length == 1, "the alert, after a restart");
    }

    [Fact]
    public async Task Records_sent_again_are_answered_as_duplicates_and_take_the_originals_receipt()
    {
        var key = new RecordKey(1, RecordClass.P0, 2);
        ulong original;
        await using (var agent = await StartAsync())
        {
            await agent.AlertAsync("once");
            await RunningAgent.UntilAsync(() => agent.Get<ReceiptStore>().IsAnswered(key), "the receipt");
            original = agent.Get<ReceiptStore>().Find(key)!.LedgerIndex;
        }
        Directory.Delete(Path.Combine(_root, "agent", "receipts"), recursive: true);

        await using var again = await StartAsync();
        await RunningAgent.UntilAsync(() => again.Get<ReceiptStore>().Find(key)?.Proof is not null, "receipt and proof of the copy");

        var receipt = again.Get<ReceiptStore>().ReadReceipt(key)!;
        Assert.Equal((ReceiptCode.Duplicate, original), (receipt.Code, receipt.Index));
        Assert.Equal(["once"], Alerts());
        Assert.Empty(again.Get<StationAlarms>().Raised);
        Assert.Equal(1u, again.Get<AgentSpool>().State!.Epoch);
    }

    private Task<RunningAgent> StartAsync() => RunningAgent.StartAsync(_centre.Address, _root);

    private Record[] Starts() => [.. _centre.Ledger.Records.Where(r => r.EpochStart is not null)];

    private string[] Alerts() => [.. _centre.Ledger.Records.Where(r => r.FieldAlert is not null).Select(r => r.FieldAlert.Title)];

    private static Task AtCentreAsync(RunningAgent agent, int files) =>
        RunningAgent.UntilAsync(() => agent.Get<MediaCatalog>().Where(e => e.CentreStored).Count == files, $"{files} files at the centre");
}
