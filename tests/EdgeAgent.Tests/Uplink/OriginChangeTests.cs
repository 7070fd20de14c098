using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Tests.Uplink;

/// <summary>What a change of the ledger's origin does at the station; the whole way with a restored service is in EndToEnd (RestoreTests).</summary>
public sealed class OriginChangeTests : IDisposable
{
    private const string Name = "TA00716_000001_20261121153000.jpg";

    private readonly string _root = Directory.CreateTempSubdirectory("origin-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task A_ledger_without_a_link_to_ours_gets_nothing_until_it_is_accepted_and_then_everything()
    {
        await using (var first = await FakeCentre.StartAsync())
        {
            await using var agent = await RunningAgent.StartAsync(first.Address, _root);
            agent.Dock(Name, Footage.Jpeg);
            await agent.AlertAsync("before");
            await AtCentreAsync(agent);
        }

        await using var other = await FakeCentre.StartAsync();
        string oldNote;
        await using (var agent = await RunningAgent.StartAsync(other.Address, _root))
        {
            await RunningAgent.UntilAsync(() => agent.Get<StationAlarms>().Any(StationAlarms.LedgerChanged), "the alarm");
            await agent.AlertAsync("while in doubt");
            var pin = agent.Get<PinnedLedger>().Current!;
            Assert.Equal((other.Ledger.VerifierKey, false), (pin.Next!.VerifierKey, pin.Next.Vouched));
            oldNote = Convert.ToBase64String(pin.LastNote);
            Assert.Empty(other.Ledger.Records);
        }

        await using (var agent = await RunningAgent.StartAsync(other.Address, _root))
        {
            // Known before the first connection: no bay may release in between.
            Assert.True(agent.Get<StationAlarms>().ForbidRelease);
            Accept("somebody's+00000000+key");
            await RunningAgent.UntilAsync(() => !File.Exists(new AgentPaths(Path.Combine(_root, "agent")).AcceptedOrigin), "the wrong key is looked at");
            Assert.True(agent.Get<StationAlarms>().Any(StationAlarms.LedgerChanged));
            Assert.Empty(other.Ledger.Records);

            Accept(other.Ledger.VerifierKey);
            await RunningAgent.UntilAsync(() => agent.Get<StationAlarms>().Raised.Count == 0, "accepted");
            await AtCentreAsync(agent);
            var titles = other.Ledger.Records.Where(r => r.FieldAlert is not null).Select(r => r.FieldAlert.Title).ToList();
            Assert.Equal(["before", "while in doubt"], titles);
            var seen = Assert.Single(other.Ledger.Records, r => r.OriginChangeSeen is not null).OriginChangeSeen;
            Assert.Equal((oldNote, false), (seen.OldCheckpoint.ToBase64(), seen.Vouched));
            Assert.Single(other.Ledger.Records, r => r.MediaManifest is not null);
            Assert.Single(other.Ledger.Records, r => r.MediaStored is not null);
            Assert.Equal(oldNote, Convert.ToBase64String(Assert.Single(agent.Get<PinnedLedger>().Current!.Past).LastNote));
        }
    }

    [Fact]
    public async Task Answers_above_the_restored_size_are_void_also_after_a_restart_and_those_given_up_stay_answered()
    {
        var paths = new AgentPaths(_root);
        var files = new PhysicalFileSystem();
        files.CreateDirectory(paths.Root);
        var store = new ReceiptStore(files, paths);
        store.Open();
        for (ulong i = 1; i <= 6; i++)
        {
            await store.AddAsync(ReceiptKind.Record, Key(RecordClass.P0, i), new Receipt { Index = 100 + i }, Cancellation);
            await store.AddAsync(ReceiptKind.Record, Key(RecordClass.P2, i), new Receipt { Index = 200 + i }, Cancellation);
        }
        await store.AddAsync(ReceiptKind.RecordProof, Key(RecordClass.P0, 1), new InclusionProofAnswer { Index = 101 }, Cancellation);
        await store.AddAsync(ReceiptKind.Media, Key(RecordClass.P0, 2), new FinishAnswer { Receipt = new Receipt { Index = 150 } }, Cancellation);
        var change = new OriginChangeSeen { RestoredSize = 104 };
        change.Lost.Add(new LostRange { Epoch = 1, RecordClass = RecordClass.P2, FirstSequence = 1, LastSequence = 2 });
        await store.AddAsync(ReceiptKind.OriginChange, new RecordKey(0, RecordClass.Unspecified, 0), change, Cancellation);
        await store.AddAsync(ReceiptKind.Record, Key(RecordClass.P0, 5), new Receipt { Index = 120 }, Cancellation);

        for (var reopened = false; ; reopened = true)
        {
            Assert.Equal([true, true, true, false, true, false], Enumerable.Range(1, 6).Select(i => store.IsAnswered(Key(RecordClass.P0, (ulong)i))));
            Assert.Equal([true, true, false, false, false, false], Enumerable.Range(1, 6).Select(i => store.IsAnswered(Key(RecordClass.P2, (ulong)i))));
            Assert.Equal((3UL, 2UL), (store.ContiguousOf(1, RecordClass.P0), store.ContiguousOf(1, RecordClass.P2)));
            Assert.Null(store.Find(Key(RecordClass.P0, 1))!.Proof);
            Assert.Null(store.Find(Key(RecordClass.P0, 2))!.Media);
            Assert.Equal(120UL, store.Find(Key(RecordClass.P0, 5))!.LedgerIndex);
            Assert.Equal([1UL, 2, 3, 5], store.Unproved().Select(u => u.Key.Sequence));
            Assert.DoesNotContain(1UL, store.ReadRange(1, RecordClass.P2, 3, 6).Receipts.Keys);
            await store.DisposeAsync();
            if (reopened)
                return;
            store = new ReceiptStore(files, paths);
            store.Open();
        }
    }

    private static RecordKey Key(RecordClass recordClass, ulong sequence) => new(1, recordClass, sequence);

    private void Accept(string key) =>
        AtomicFile.Write(new PhysicalFileSystem(), new AgentPaths(Path.Combine(_root, "agent")).AcceptedOrigin, System.Text.Encoding.UTF8.GetBytes(key));

    private static Task AtCentreAsync(RunningAgent agent) => RunningAgent.UntilAsync(
        () => agent.Get<MediaCatalog>() is { Count: 1, NotAtCentreCount: 0 } && agent.Get<ReceiptStore>().Unproved().Count == 0, "the file is at the centre and all is proved");
}
