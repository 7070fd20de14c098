using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Evidence;
using Grpc.Core;
using LedgerClient = EdgeEnforcement.Contracts.V1.Ledger.LedgerClient;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>
/// The centre's disk is lost and its back-up restored: a back-up beside a service under load, work that goes on, SIGKILL, restore
/// elsewhere, read only, a new origin, and the station and a producer that saw the old one. Nothing the station holds is lost, nothing is
/// there twice, and nothing is released before the custodian has accepted.
/// </summary>
public sealed class RestoreTests
{
    private const string Station = "dock-test-01";
    private const string NewOrigin = "edgeenforcement.local/shard-1-after-fire";

    private readonly Random _random = new(7);
    private readonly Dictionary<string, Sha256Hash> _docked = [];
    private readonly List<byte[]> _sent = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_restored_centre_gets_back_what_the_station_holds_and_nothing_twice()
    {
        using var folder = new TemporaryFolder();
        await using var service = new ServiceUnderTest(folder.Sub("data"));
        await using var agent = new AgentUnderTest(folder.Path, service.GrpcAddress);
        var backup = Path.Combine(folder.Path, "backup");
        using var producer = new FieldProducer("sensor-test-01", service.Channel());
        await service.StartAsync();
        await agent.StartAsync();
        await producer.ConnectAsync(Cancellation);

        using (var loading = CancellationTokenSource.CreateLinkedTokenSource(Cancellation))
        {
            var load = LoadAsync(producer, loading.Token);
            await DockAsync(agent, "before", 2);
            await RunAsync("backup", service.DataDirectory, backup, "--media");
            await DockAsync(agent, "after", 2);
            Assert.NotNull(await agent.TryAlertAsync("after the back-up"));
            await Eventually.Holds("the station has everything proved", TimeSpan.FromMinutes(2), async () => (await agent.StatusAsync())?.IsDone(4) == true);
            await service.KillAsync();
            await loading.CancelAsync();
            await load;
        }

        var elsewhere = Path.Combine(folder.Path, "elsewhere");
        await RunAsync("restore", backup, elsewhere);
        await using var restored = new ServiceUnderTest(elsewhere) { GrpcPort = service.GrpcPort, HttpPort = service.HttpPort };
        var size = await ReadOnlyAsync(restored);
        var opened = await RunAsync("open-new-origin", elsewhere, "--origin", NewOrigin, "--by", "custodian", "--reason", "the disk burnt");
        var key = opened.TrimEnd().Split('\n')[^1].Trim();

        await restored.StartAsync();
        await SeenAndSentAgainAsync(restored, agent, size);
        await AcceptedAsync(agent, key);
        await ResentAsync(restored, producer);

        await agent.Process.TerminateAsync();
        using (var channel = restored.Channel())
            Check(await LedgerDump.ReadAsync(channel, Cancellation), AgentEvidence.Read(agent.DataDirectory, Station));
        await restored.Process.TerminateAsync();
        var (code, output) = await restored.VerifyAsync();
        Assert.True(code == 0, output);
        var (whole, words) = await agent.RunAsync("verify");
        Assert.True(whole == 0, words);
        foreach (var (name, hash) in _docked)
        {
            Assert.Equal(hash, Sha256Hash.Of(await File.ReadAllBytesAsync(ObjectPath(elsewhere, hash), Cancellation)));
            var (verdict, steps) = await agent.RunAsync("verify", Path.Combine(agent.Bays[0], name));
            Assert.True(verdict == 0 && steps.Contains("VERDICT PASS: all", StringComparison.Ordinal), steps);
        }
    }

    private async Task LoadAsync(FieldProducer producer, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                var envelope = producer.NextAlert($"load {_sent.Count}");
                _sent.Add(envelope);
                await producer.SendAsync(envelope, stop);
                await producer.ReadAsync(stop);
            }
        }
        catch (Exception e) when (e is RpcException or OperationCanceledException or InvalidOperationException or IOException or ObjectDisposedException)
        {
            // The service was killed: what was not answered is sent again later, like everything else.
        }
    }

    private async Task DockAsync(AgentUnderTest agent, string what, int files)
    {
        for (var i = 0; i < files; i++)
        {
            var content = Footage.Make(_random, _random.Next(1, 5_000_000));
            var name = Footage.Name("TA00716", "000001", new DateTimeOffset(2026, 11, 21, 8, 0, 0, TimeSpan.Zero).AddMinutes(_docked.Count));
            var aside = Path.Combine(agent.Bays[0], "..", $"{what}-{i}.aside");
            await File.WriteAllBytesAsync(aside, content, Cancellation);
            _docked[name] = Sha256Hash.Of(content);
            File.Move(aside, Path.Combine(agent.Bays[0], name));
        }
        await Eventually.Holds($"{_docked.Count} files are stored and proved", TimeSpan.FromMinutes(2),
            async () => (await agent.StatusAsync())?.IsDone(_docked.Count) == true);
    }

    /// What a restored service does before a new origin: everything is shown and proved, nothing is taken, nothing new is signed.
    private async Task<ulong> ReadOnlyAsync(ServiceUnderTest restored)
    {
        var signed = Path.Combine(restored.DataDirectory, "ledger", "last-signed");
        var note = await File.ReadAllBytesAsync(signed, Cancellation);
        await restored.StartAsync();
        using var channel = restored.Channel();
        var dump = await LedgerDump.ReadAsync(channel, Cancellation);
        var stored = dump.Entries.Select(e => e.Record).OfType<Record>().Where(r => r.MediaStored is not null).ToList();
        Assert.Equal(2, stored.Count);
        using var http = new HttpClient();
        var media = await http.GetByteArrayAsync(new Uri($"{restored.HttpAddress}/media/{stored[0].MediaStored.ManifestIndex}"), Cancellation);
        Assert.Equal(stored[0].MediaStored.Sha256.ToByteArray(), Sha256Hash.Of(media).ToArray());
        var refused = await Assert.ThrowsAsync<RpcException>(() => new FieldProducer("sensor-test-02", channel).ConnectAsync(Cancellation));
        Assert.Contains("READ_ONLY", refused.Status.Detail, StringComparison.Ordinal);
        await restored.Process.TerminateAsync();
        Assert.Equal(note, await File.ReadAllBytesAsync(signed, Cancellation));
        return dump.Checkpoint.Size;
    }

    private async Task SeenAndSentAgainAsync(ServiceUnderTest restored, AgentUnderTest agent, ulong size)
    {
        await Eventually.Holds("the station raises the alarm and has sent everything", TimeSpan.FromMinutes(2), async () =>
            await agent.StatusAsync() is { Unsent: 0 } status && status.Alarms.ContainsKey("LEDGER_CHANGED"));
        await Eventually.Holds("the lost footage is at the centre again", TimeSpan.FromMinutes(2), () =>
            Task.FromResult(_docked.Values.All(hash => File.Exists(ObjectPath(restored.DataDirectory, hash)))));
        var status = await agent.StatusAsync();
        Assert.True(status is { ProofsMissing: > 0, FilesAtCentre: 2 }, $"nothing is proved before it is accepted: {status}");
        var (code, output) = await agent.RunAsync("status");
        Assert.Equal(1, code);
        Assert.Contains(NewOrigin, output, StringComparison.Ordinal);

        using var channel = restored.Channel();
        // The dump ends at the newest checkpoint, which comes up to a second after the receipts.
        var dump = await Eventually.Gives("the station's report is under a checkpoint", TimeSpan.FromSeconds(30), async () =>
            await LedgerDump.ReadAsync(channel, Cancellation) is var read && read.Entries.Any(e => e.Record?.OriginChangeSeen is not null) ? read : null);
        var seen = Assert.Single(dump.Entries, e => e.Record?.OriginChangeSeen is not null).Record!.OriginChangeSeen;
        Assert.Equal((NewOrigin, size, true), (seen.NewOrigin, seen.RestoredSize, seen.Vouched));
        Assert.True(SignedNote.TryParse(seen.OldCheckpoint.Span, out _), "the last checkpoint of the old origin is named verbatim");
        Assert.Contains(seen.Lost, l => l is { RecordClass: RecordClass.P0, Held: true, Media: false });
        Assert.Equal(2UL, seen.Lost.Where(l => l.Media).Aggregate(0UL, (sum, l) => sum + l.LastSequence - l.FirstSequence + 1));
        Assert.All(seen.Lost, l => Assert.True(l.Held));
        var opening = Assert.Single(dump.Entries, e => e.Record?.OriginOpened is not null);
        Assert.Equal(size, opening.Record!.OriginOpened.RestoredSize);
        Assert.Same(opening.Record, dump.Entries[(int)size].Record);
    }

    private static async Task AcceptedAsync(AgentUnderTest agent, string key)
    {
        var (wrong, words) = await agent.RunAsync("accept-origin", key[..^4] + "AAA=");
        Assert.True(wrong == 1, words);
        var (code, output) = await agent.RunAsync("accept-origin", key);
        Assert.True(code == 0, output);
        await Eventually.Holds("the station proved everything under the new origin", TimeSpan.FromMinutes(2), async () =>
            await agent.StatusAsync() is { } status && status.IsDone(4) && status.Alarms.Count == 0);
    }

    private async Task ResentAsync(ServiceUnderTest restored, FieldProducer producer)
    {
        using var channel = restored.Channel();
        using var again = producer.On(channel);
        await again.ConnectAsync(Cancellation);
        var receipts = new List<Receipt>();
        foreach (var envelope in _sent)
        {
            await again.SendAsync(envelope, Cancellation);
            receipts.Add((await again.ReadAsync(Cancellation)).Receipt);
        }
        var codes = receipts.Select(r => r.Code).ToList();
        Assert.Contains(ReceiptCode.Duplicate, codes);
        Assert.Contains(ReceiptCode.Appended, codes);
        // What was restored is the beginning of what was sent.
        Assert.Equal(codes.OrderByDescending(c => c == ReceiptCode.Duplicate), codes);
        await new LedgerClient(channel).GetCheckpointAsync(
            new GetCheckpointRequest { AtLeastSize = receipts.Max(r => r.Index) + 1 }, cancellationToken: Cancellation);
    }

    private void Check(LedgerDump ledger, AgentEvidence agent)
    {
        Assert.All(ledger.Entries.GroupBy(e => (e.Leaf.Producer, e.Leaf.Epoch, e.Leaf.Class, e.Leaf.Sequence)), same => Assert.Single(same));
        Assert.DoesNotContain(ledger.Entries, entry => entry.Leaf.Flags.HasFlag(LeafFlags.Conflict));
        var there = ledger.Entries.Where(e => e.Leaf.Producer == Station).Select(e => (e.Leaf.Epoch, (RecordClass)e.Leaf.Class, e.Leaf.Sequence)).ToHashSet();
        Assert.All(agent.Spooled.Keys, key => Assert.Contains(key, there));
        Assert.Equal(_sent.Count, ledger.Entries.Count(e => e.Leaf.Producer == "sensor-test-01"));
        var stored = ledger.Entries.Select(e => e.Record).OfType<Record>().Where(r => r.MediaStored is not null).ToList();
        Assert.Equal(4, stored.Count);
        Assert.Equal(4, stored.Select(r => r.MediaStored.ManifestIndex).Distinct().Count());
        // The old origin's receipts are kept: they are the evidence of what it lost.
        Assert.Contains(agent.Receipts, r => r.Receipt.Origin != NewOrigin);
        Assert.Contains(agent.Receipts, r => r.Receipt.Origin == NewOrigin);
    }

    private static string ObjectPath(string data, Sha256Hash hash) => Path.Combine(data, "media", "objects", hash.ToString()[..2], hash.ToString());

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output) = await ProductProcess.RunAsync("dotnet", [Repository.Assembly("IngestService", "ingest"), .. arguments]);
        Assert.True(code == 0, output);
        return output;
    }
}
