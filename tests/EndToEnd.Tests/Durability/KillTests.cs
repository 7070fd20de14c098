using System.Collections.Concurrent;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.Testing;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>
/// SIGKILL at random moments under load: footage keeps being docked and alerts keep coming while the service, the agent or both are
/// killed and started again, some of them while they are still recovering from the kill before. Afterwards every receipt the agent
/// holds is in the ledger once, every proof verifies, every file at the centre equals its source, and nothing is there twice, whichever
/// way the records took. EE_SEED repeats a run's choices; EE_LONG=1 kills ten times as often.
/// </summary>
public sealed class KillTests
{
    private const string Producer = "dock-test-01";

    private readonly ConcurrentDictionary<string, Sha256Hash> _docked = new();
    private readonly ConcurrentDictionary<string, string> _alerted = new();

    private int _kills;

    /// <summary>Media and proofs go by gRPC whatever the records do.</summary>
    [Theory]
    [InlineData("grpc", 100)]
    [InlineData("mqtt", 70)]
    [InlineData("grpc-then-mqtt", 40)]
    public async Task Kills_under_load_lose_nothing_and_double_nothing(string transport, int kills)
    {
        var seed = LongForm.Seed;
        TestContext.Current.SendDiagnosticMessage($"kill test: EE_SEED={seed}");
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var service = new ServiceUnderTest(folder.Sub("data"));
        await using var agent = new AgentUnderTest(folder.Path, service.GrpcAddress);
        agent.UseTransport(transport, service.MqttPort);
        await service.StartAsync();
        await agent.StartAsync();

        using (var feeding = CancellationTokenSource.CreateLinkedTokenSource(cancellation))
        {
            var feeders = Task.WhenAll(FeedFootageAsync(agent, new Random(seed), feeding.Token), FeedAlertsAsync(agent, feeding.Token));
            await KillAndStartAsync(service, agent, LongForm.IsWanted ? 10 * kills : kills, new Random(seed + 1), cancellation);
            await feeding.CancelAsync();
            await feeders;
        }

        await Eventually.Holds($"the agent has everything proved and stored ({_docked.Count} files)", TimeSpan.FromMinutes(5),
            async () => (await agent.StatusAsync())?.IsDone(_docked.Count) == true);
        await agent.Process.TerminateAsync();

        using (var channel = service.Channel())
            Check(AgentEvidence.Read(agent.DataDirectory, Producer), await LedgerDump.ReadAsync(channel, cancellation));
        CheckObjects(service.DataDirectory);

        TestContext.Current.SendDiagnosticMessage($"{_kills} kills: {_docked.Count} files, {_alerted.Count} alerts, seed {seed}");
        await service.Process.TerminateAsync();
        var (code, output) = await service.VerifyAsync();
        Assert.True(code == 0, output);
    }

    private async Task FeedFootageAsync(AgentUnderTest agent, Random random, CancellationToken stop)
    {
        var start = TimeProvider.System.GetUtcNow();
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            await LoadGoesWithKillsAsync(() => _docked.Count, perKill: 0.5, stop);
            // One in four is longer than a chunk.
            var content = Footage.Make(random, number % 4 == 0 ? random.Next(4_200_000, 6_000_000) : random.Next(1, 900_000));
            var (bay, serial, officer) = number % 2 == 0 ? (0, "TA00716", "000001") : (1, "TB00042", "000002");
            var name = Footage.Name(serial, officer, start.AddSeconds(number));
            var aside = Path.Combine(agent.Bays[bay], "..", name + ".aside");
            await File.WriteAllBytesAsync(aside, content, CancellationToken.None);
            _docked[name] = Sha256Hash.Of(content);
            File.Move(aside, Path.Combine(agent.Bays[bay], name));
            await PauseAsync(random.Next(300, 1200), stop);
        }
    }

    private async Task FeedAlertsAsync(AgentUnderTest agent, CancellationToken stop)
    {
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            await LoadGoesWithKillsAsync(() => _alerted.Count, perKill: 10, stop);
            if (await agent.TryAlertAsync($"报警 {number}") is { } episode)
                _alerted[episode] = $"报警 {number}";
            await PauseAsync(40, stop);
        }
    }

    // A slow machine takes longer over its kills; it must not drown in load meanwhile.
    private async Task LoadGoesWithKillsAsync(Func<int> count, double perKill, CancellationToken stop)
    {
        while (count() > 5 + _kills * perKill && !stop.IsCancellationRequested)
            await PauseAsync(50, stop);
    }

    private async Task KillAndStartAsync(ServiceUnderTest service, AgentUnderTest agent, int kills, Random random, CancellationToken cancellation)
    {
        while (_kills < kills)
        {
            // Every third round is hasty: its victims are killed again before they answer, in the middle of their recovery.
            var hasty = random.Next(3) == 0;
            var victims = random.Next(1, 4);
            int[] head = [random.Next(50, 900), random.Next(50, 900)];
            await Task.WhenAll(
                (victims & 1) != 0 ? RoundAsync(() => service.Process, () => service.Launch(), () => service.StartAsync(), hasty ? head[0] : null) : Task.CompletedTask,
                (victims & 2) != 0 ? RoundAsync(() => agent.Process, agent.Launch, agent.StartAsync, hasty ? head[1] : null) : Task.CompletedTask);
            await PauseAsync(random.Next(0, 1000), cancellation);
        }
    }

    private async Task RoundAsync(Func<ProductProcess> victim, Action launch, Func<Task> start, int? killAgainAfter)
    {
        await KillAsync(victim());
        if (killAgainAfter is { } milliseconds)
        {
            launch();
            await PauseAsync(milliseconds, TestContext.Current.CancellationToken);
            await KillAsync(victim());
        }
        await start();
    }

    private async Task KillAsync(ProductProcess victim)
    {
        Assert.False(victim.HasExited, $"ended by itself:\n{victim.Output}");
        await victim.KillAsync();
        Interlocked.Increment(ref _kills);
    }

    private void Check(AgentEvidence agent, LedgerDump ledger)
    {
        Assert.True(
            _docked.Count > _kills / 4 && _alerted.Count > _kills, $"too little load to mean anything: {_docked.Count} files, {_alerted.Count} alerts");
        StationPromises.Hold(agent, ledger, Producer);
        StationPromises.HoldAlerts(ledger, [.. _alerted.Keys]);

        // Every file has one manifest and one stored entry.
        var records = ledger.Entries.Select(e => e.Record).OfType<Record>().ToList();
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
