using System.Collections.Concurrent;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Evidence;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>
/// SIGKILL at random moments under load: footage keeps being docked and alerts keep coming while the service, the agent or both are
/// killed and started again. Afterwards every receipt the agent holds is in the ledger once, every proof verifies, every file at the
/// centre equals its source, and nothing is there twice.
/// </summary>
public sealed class KillTests
{
    private const int Kills = 20;
    private const string Producer = "dock-test-01";

    private readonly ConcurrentDictionary<string, Sha256Hash> _docked = new();
    private readonly ConcurrentDictionary<string, string> _alerted = new();

    [Fact]
    public async Task Twenty_kills_under_load_lose_nothing_and_double_nothing()
    {
        var seed = Environment.ProcessId;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var service = new ServiceUnderTest(folder.Sub("data"));
        await using var agent = new AgentUnderTest(folder.Path, service.GrpcAddress);
        await service.StartAsync();
        await agent.StartAsync();

        using (var feeding = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            var feeders = Task.WhenAll(FeedFootageAsync(agent, new Random(seed), feeding.Token), FeedAlertsAsync(agent, feeding.Token));
            await KillAndStartAsync(service, agent, new Random(seed + 1), cancellation);
            await feeding.CancelAsync();
            await feeders;
        }

        await Eventually.Holds($"the agent has everything proved and stored ({_docked.Count} files)", TimeSpan.FromMinutes(3),
            async () => (await agent.StatusAsync())?.IsDone(_docked.Count) == true);
        await agent.Process.TerminateAsync();

        using (var channel = service.Channel())
            Check(AgentEvidence.Read(agent.DataDirectory, Producer), await LedgerDump.ReadAsync(channel, cancellation));
        CheckObjects(service.DataDirectory);

        TestContext.Current.SendDiagnosticMessage($"{Kills} kills: {_docked.Count} files, {_alerted.Count} alerts, seed {seed}");
        await service.Process.TerminateAsync();
        var (code, output) = await service.VerifyAsync();
        Assert.True(code == 0, output);
    }

    private async Task FeedFootageAsync(AgentUnderTest agent, Random random, CancellationToken stop)
    {
        var start = TimeProvider.System.GetUtcNow();
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var content = Footage.Make(random, random.Next(1, 6_000_000));
            var (bay, serial, officer) = number % 2 == 0 ? (0, "TA00716", "000001") : (1, "TB00042", "000002");
            var name = Footage.Name(serial, officer, start.AddSeconds(number));
            var aside = Path.Combine(agent.Bays[bay], "..", name + ".aside");
            await File.WriteAllBytesAsync(aside, content, CancellationToken.None);
            _docked[name] = Sha256Hash.Of(content);
            File.Move(aside, Path.Combine(agent.Bays[bay], name));
            await PauseAsync(random.Next(100, 600), stop);
        }
    }

    private async Task FeedAlertsAsync(AgentUnderTest agent, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            if (await agent.TryAlertAsync($"报警 {number}") is { } episode)
                _alerted[episode] = $"报警 {number}";
            await PauseAsync(20, stop);
        }
    }

    private static async Task KillAndStartAsync(ServiceUnderTest service, AgentUnderTest agent, Random random, CancellationToken cancellation)
    {
        for (var kill = 0; kill < Kills; kill++)
        {
            await PauseAsync(random.Next(200, 2500), cancellation);
            var victims = kill % 5 == 4 ? 3 : random.Next(1, 3);
            if ((victims & 1) != 0)
                await service.KillAsync();
            if ((victims & 2) != 0)
                await agent.KillAsync();
            if ((victims & 1) != 0)
                await service.StartAsync();
            if ((victims & 2) != 0)
                await agent.StartAsync();
        }
    }

    private void Check(AgentEvidence agent, LedgerDump ledger)
    {
        Assert.True(_docked.Count > 20 && _alerted.Count > 50, $"too little load to mean anything: {_docked.Count} files, {_alerted.Count} alerts");

        // Once: no identity stands in the ledger twice, and no conflict was ever made.
        Assert.All(ledger.Entries.GroupBy(e => (e.Leaf.Producer, e.Leaf.Epoch, e.Leaf.Class, e.Leaf.Sequence)), same => Assert.Single(same));
        Assert.DoesNotContain(ledger.Entries, entry => entry.Leaf.Flags.HasFlag(LeafFlags.Conflict));

        // Every receipt is the ledger's leaf at its index, and is about the bytes the spool holds.
        foreach (var (identity, receipt) in agent.Receipts)
        {
            Assert.Equal(ledger.Entries[(int)receipt.Index].LeafBytes, receipt.Leaf.ToByteArray());
            if (agent.Spooled.TryGetValue((identity.Epoch, identity.RecordClass, identity.Sequence), out var envelope))
                Assert.Equal(ReceiptFinding.Valid, ReceiptCheck.Verify(receipt, envelope, identity));
        }

        // Everything the spool kept through the kills is in the ledger.
        var there = ledger.Entries.Where(e => e.Leaf.Producer == Producer).Select(e => (e.Leaf.Epoch, (RecordClass)e.Leaf.Class, e.Leaf.Sequence)).ToHashSet();
        Assert.All(agent.Spooled.Keys, key => Assert.Contains(key, there));

        // Every answered alert came once and was opened once; every file has one manifest and one stored entry.
        var records = ledger.Entries.Select(e => e.Record).OfType<Record>().ToList();
        var alerts = records.Where(r => r.FieldAlert is not null).ToLookup(r => r.FieldAlert.EpisodeId);
        var opened = records.Where(r => r.AlertOpened is not null).ToLookup(r => r.AlertOpened.AlertId);
        Assert.All(_alerted.Keys, episode => Assert.True(alerts[episode].Count() == 1 && opened[episode].Count() == 1, episode));
        var manifests = records.Where(r => r.MediaManifest is not null).ToLookup(r => r.MediaManifest.OriginalPath);
        Assert.All(_docked, file => Assert.Equal(file.Value.ToArray(), Assert.Single(manifests[file.Key]).MediaManifest.Digests[0].Value.ToByteArray()));
        Assert.Equal(_docked.Count, records.Where(r => r.MediaStored is not null).Select(r => r.MediaStored.ManifestIndex).Distinct().Count());
        Assert.Equal(_docked.Count, records.Count(r => r.MediaStored is not null));
        Assert.Equal(_docked.Count, agent.Media.Select(m => m.Receipt.Index).Distinct().Count());
    }

    private void CheckObjects(string dataDirectory)
    {
        foreach (var (name, hash) in _docked)
        {
            var path = Path.Combine(dataDirectory, "media", "objects", hash.ToString()[..2], hash.ToString());
            Assert.True(File.Exists(path), $"{name} is not at the centre");
            Assert.Equal(hash, Sha256Hash.Of(File.ReadAllBytes(path)));
        }
    }

    private static async Task PauseAsync(int milliseconds, CancellationToken stop)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), TimeProvider.System, stop);
        }
        catch (OperationCanceledException)
        {
            // The loop looks at the token itself.
        }
    }
}
