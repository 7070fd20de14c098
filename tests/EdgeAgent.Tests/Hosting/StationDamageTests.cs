using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Media.Catalog;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.EdgeAgent.Tests.Hosting;

/// Each file of a station, each kind of damage: `edge-agent verify` without a file names it.
public sealed class StationDamageTests : IAsyncLifetime
{
    private const int EveryByteUpTo = 400;
    private const string Name = "TA00716_000001_20261121153000.jpg";

    private readonly string _root = Directory.CreateTempSubdirectory("damage-").FullName;
    private readonly Random _random = new(LongForm.Seed);
    private FakeCentre _centre = null!; // InitializeAsync

    private AgentPaths Paths => new(Path.Combine(_root, "agent"));

    public async ValueTask InitializeAsync()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"EE_SEED={LongForm.Seed}");
        _centre = await FakeCentre.StartAsync();
        await using (var agent = await RunningAgent.StartAsync(_centre.Address, _root))
        {
            agent.Dock(Name, Footage.Jpeg);
            await RunningAgent.UntilAsync(() => agent.Get<MediaCatalog>().Where(e => e.CentreStored).Count == 1, "the file at the centre");
            var spool = agent.Get<AgentSpool>();
            foreach (var recordClass in (RecordClass[])[RecordClass.P1, RecordClass.P2])
                for (var i = 0; i < 5; i++)
                {
                    var record = await spool.AppendAsync(recordClass, new Record { FieldAlert = new FieldAlert { Title = "a" } }, TestContext.Current.CancellationToken);
                    await RunningAgent.UntilAsync(() => agent.Get<ReceiptStore>().IsAnswered(record.Key), "the answer");
                }
            await RunningAgent.UntilAsync(() => agent.Get<ReceiptStore>().Unproved().Count == 0, "every proof");
        }
        // A record that was refused for good lies in quarantine as it was signed.
        using var reader = SegmentReader.OpenReadOnly(new PhysicalFileSystem(), Paths.ClassDirectory(1, RecordClass.P0));
        Directory.CreateDirectory(Paths.Quarantine);
        await File.WriteAllBytesAsync(
            Path.Combine(Paths.Quarantine, "e1-P0-1.envelope"), reader.Read(new RecordIndex(0)).Body.ToArray(), TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _centre.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public void A_flipped_bit_of_any_file_is_named()
    {
        AssertNothing();
        Assert.True(Files().Count >= 9, string.Join('\n', Files()));
        foreach (var path in Files())
        {
            var whole = File.ReadAllBytes(path);
            foreach (var at in Places(path, whole.Length))
            {
                var bytes = (byte[])whole.Clone();
                bytes[at] ^= (byte)(1 << _random.Next(8));
                File.WriteAllBytes(path, bytes);
                AssertNamed(path, at, whole.Length);
            }
            File.WriteAllBytes(path, whole);
        }
    }

    [Fact]
    public void A_file_cut_zeroed_or_gone_is_named()
    {
        foreach (var path in Files())
        {
            var whole = File.ReadAllBytes(path);
            File.WriteAllBytes(path, whole[..^1]);
            AssertNamed(path, whole.Length - 1, whole.Length);
            var sector = _random.Next((whole.Length + 511) / 512) * 512;
            var zeroed = (byte[])whole.Clone();
            zeroed.AsSpan(sector, Math.Min(512, whole.Length - sector)).Clear();
            File.WriteAllBytes(path, zeroed);
            AssertNamed(path, sector + 511, whole.Length);
            File.Delete(path);
            if (IsAnswered(path) || path == Paths.SigningKey || path == Paths.EpochState)
                Assert.NotEmpty(Check().Findings);
            File.WriteAllBytes(path, whole);
        }
        AssertNothing();
    }

    [Fact]
    public async Task A_station_copy_that_is_gone_before_the_centre_has_it_is_named()
    {
        var other = Path.Combine(_root, "second");
        Directory.CreateDirectory(other);
        await using (var agent = await RunningAgent.StartAsync("http://127.0.0.1:1", other))
        {
            agent.Dock(Name, Footage.Jpeg);
            await RunningAgent.UntilAsync(() => agent.Get<MediaCatalog>().Where(e => e.StationCopied).Count == 1, "the copy");
        }
        var paths = new AgentPaths(Path.Combine(other, "agent"));
        var copy = Directory.GetFiles(paths.StationStore, "*", SearchOption.AllDirectories).Single();
        File.Delete(copy);

        var findings = new List<StationFinding>();
        new StationCheck(new PhysicalFileSystem(), paths, findings.Add, _ => { }).Run();

        Assert.Equal(copy, Assert.Single(findings).File);
    }

    [Fact]
    public async Task A_damaged_epoch_state_is_a_lost_one_and_the_centre_names_the_next()
    {
        var bytes = await File.ReadAllBytesAsync(Paths.EpochState, TestContext.Current.CancellationToken);
        var at = Array.IndexOf(bytes, (byte)'1'); // "Epoch":1 would be another epoch
        bytes[at] = (byte)'7';
        await File.WriteAllBytesAsync(Paths.EpochState, bytes, TestContext.Current.CancellationToken);

        await using var agent = await RunningAgent.StartAsync(_centre.Address, _root);
        await RunningAgent.UntilAsync(() => agent.Get<AgentSpool>().State is { Epoch: 2 }, "the next epoch");
        Assert.Equal("sequence state lost", agent.Get<AgentSpool>().State!.Reason);
    }

    [Fact]
    public async Task A_damaged_pin_or_an_answered_record_that_is_gone_stops_the_start()
    {
        foreach (var path in (string[])[Paths.LedgerState, Directory.GetFiles(Paths.ClassDirectory(1, RecordClass.P2), "*.seg")[0]])
        {
            var whole = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            var bytes = (byte[])whole.Clone();
            bytes[^2] ^= 1;
            await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
            var fault = await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await using var agent = await RunningAgent.StartAsync(_centre.Address, _root);
            });
            Assert.Contains(Path.GetFileName(path), fault.Message, StringComparison.Ordinal);
            await File.WriteAllBytesAsync(path, whole, TestContext.Current.CancellationToken);
        }
    }

    private (List<StationFinding> Findings, List<string> Notes) Check()
    {
        var (findings, notes) = (new List<StationFinding>(), new List<string>());
        new StationCheck(new PhysicalFileSystem(), Paths, findings.Add, notes.Add).Run();
        return (findings, notes);
    }

    private void AssertNothing()
    {
        var (findings, notes) = Check();
        Assert.Empty(findings);
        Assert.Empty(notes);
    }

    private List<string> Files() =>
    [
        .. Directory.GetFiles(Paths.Root, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetFileName(f) is not ("writer.lock" or "agent.lock") && new FileInfo(f).Length > 0).Order(StringComparer.Ordinal),
    ];

    private IEnumerable<int> Places(string path, int length) =>
        length <= EveryByteUpTo || LongForm.IsWanted ? Enumerable.Range(0, length)
        : path.EndsWith(".seg", StringComparison.Ordinal) ? Enumerable.Range(0, 64 + 40 + 16).Concat(Enumerable.Range(0, 30).Select(_ => _random.Next(length)))
        : Enumerable.Range(0, 20).Select(_ => _random.Next(length));

    private bool IsAnswered(string path) => path.StartsWith(Paths.SpoolDirectory, StringComparison.Ordinal) && path.EndsWith(".seg", StringComparison.Ordinal);

    /// The last flush of a log that nothing else speaks of (answers, seen files) looks like one a crash cut short: that is said as a note,
    /// and what was in it is asked for, or read, again. Answered records are never that.
    private void AssertNamed(string path, int at, int length)
    {
        var (findings, notes) = Check();
        var message = $"{path} byte {at} of {length}: {string.Join("; ", findings.Take(3))} {string.Join("; ", notes)}";
        var named = findings.Where(f => f.File == path).ToList();
        var mayBeTail = path.EndsWith(".seg", StringComparison.Ordinal) && !IsAnswered(path);
        // A file of zeros alone in its directory is a log that was never begun: there is nothing in it to name.
        var noLog = findings.Any(f => f.File == Path.GetDirectoryName(path));
        Assert.True(named.Count > 0 || noLog || (mayBeTail && notes.Any(n => n.StartsWith(path, StringComparison.Ordinal))), message);
        if (named.Count > 0 && path.EndsWith(".seg", StringComparison.Ordinal))
            Assert.True(named.Any(f => f.Offset <= at && f.Record is not null), message);
    }
}
