using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>One station with one docked file: its first life under strace, its second without, and what must hold then.</summary>
internal sealed class StruckStation
{
    // One chunk and a piece of a second.
    private const int ExtraBytes = 4_300_000;

    /// <summary>The directory of the copy is named after the content, which is another for each station.</summary>
    public const string CopyFolder = "media/{copy}";

    private readonly string _folder;
    private readonly AgentUnderTest _agent;
    private readonly Sha256Hash _content;
    private readonly string _name = Footage.Name("TA00716", "000001", new DateTimeOffset(2026, 11, 21, 7, 30, 0, TimeSpan.Zero));
    private string? _episode;

    public StruckStation(string folder, ServiceUnderTest service, string transport, string producer, int seed)
    {
        _folder = folder;
        _agent = new AgentUnderTest(folder, service.GrpcAddress, producer);
        _agent.UseTransport(transport, service.MqttPort);
        var content = Footage.Make(new Random(seed), ExtraBytes);
        _content = Sha256Hash.Of(content);
        File.WriteAllBytes(Path.Combine(_agent.Bays[0], _name), content);
    }

    public AgentFault Fault { get; init; } = new("none", "", 0, "");

    public bool Struck { get; private set; }

    /// <summary>How the first life went.</summary>
    public string Outcome { get; private set; } = "";

    /// <summary>Of the agent's own verify, after the second life.</summary>
    public (int Code, string Output) Verdict { get; private set; }

    private string TraceFile => Path.Combine(_folder, "strace.log");

    /// <summary>The calls of a run without a fault, each once, with paths below the data directory.</summary>
    public async Task<IReadOnlyList<DiskCall>> ListAsync(TimeSpan limit)
    {
        await using var agent = _agent;
        await agent.StartAsync(["strace", "-f", "-y", "-o", TraceFile, "-e", "trace=" + DiskCall.Traced]);
        _episode = await agent.TryAlertAsync("listed");
        await Eventually.Holds("the file is at the centre", limit, IsDoneAsync, () => agent.Process.Output);
        await agent.Process.TerminateTreeAsync();
        return [.. DiskCall.Parse(File.ReadLines(TraceFile), agent.DataDirectory)
            .Select(c => c with { Path = Path.GetRelativePath(agent.DataDirectory, c.Path) })
            .Where(c => !c.Path.StartsWith("media/", StringComparison.Ordinal) || c.Path.StartsWith("media/incoming", StringComparison.Ordinal))
            .Append(new DiskCall("mkdir", CopyFolder)).Append(new DiskCall("fsync", CopyFolder))];
    }

    public async Task StrikeAsync(TimeSpan limit)
    {
        var path = Path.Combine(_agent.DataDirectory, Fault.Path.Replace("{copy}", _content.ToString()[..2], StringComparison.Ordinal));
        _agent.Launch(
            ["strace", "-f", "-y", "-o", TraceFile, "-P", path, "-e", "trace=" + Fault.Call, "-e", $"inject={Fault.Call}:{Fault.Way}:when={Fault.When}"]);
        await Eventually.Holds("it hands the file over or ends", limit, async () =>
        {
            if (_agent.Process.HasExited)
                return true;
            _episode ??= await _agent.TryAlertAsync("under strace");
            return await IsDoneAsync();
        }, () => _agent.Process.Output);

        var ended = _agent.Process.HasExited;
        if (!ended)
            await _agent.KillAsync();
        var trace = await File.ReadAllTextAsync(TraceFile, TestContext.Current.CancellationToken);
        Struck = trace.Contains("(INJECTED)", StringComparison.Ordinal) || trace.Contains("killed by SIGKILL", StringComparison.Ordinal) && ended;
        Outcome = $"{(Struck ? "struck" : "not met")}, {(ended ? "ended" : "went on")}, {(_episode is null ? "no alert" : "alert")} taken";
    }

    public async Task RecoverAsync(TimeSpan limit)
    {
        await using var agent = _agent;
        await agent.StartAsync();
        _episode ??= await agent.TryAlertAsync("after");
        await Eventually.Holds("the file is at the centre", limit, IsDoneAsync, () => agent.Process.Output);
        await agent.Process.TerminateAsync();
        Verdict = await agent.RunAsync("verify");
    }

    public void Hold(LedgerDump ledger, string centre)
    {
        var evidence = AgentEvidence.Read(_agent.DataDirectory, _agent.Producer);
        var own = ledger.Entries.Where(e => e.Leaf.Producer == _agent.Producer).ToList();

        StationPromises.Hold(evidence, ledger, _agent.Producer);
        Assert.Single(own, e => e.Record?.FieldAlert is { } alert && alert.EpisodeId == _episode);
        var manifest = Assert.Single(own, e => e.Record?.MediaManifest is not null);
        Assert.Equal(_content.ToArray(), manifest.Record!.MediaManifest.Digests[0].Value.ToByteArray());
        var index = (ulong)ledger.Entries.ToList().IndexOf(manifest);
        Assert.Single(ledger.Entries, e => e.Record?.MediaStored is { } stored && stored.ManifestIndex == index);
        var stored = Path.Combine(centre, "media", "objects", _content.ToString()[..2], _content.ToString());
        Assert.Equal(_content, Sha256Hash.Of(File.ReadAllBytes(stored)));
    }

    private async Task<bool> IsDoneAsync() => _episode is not null && (await _agent.StatusAsync())?.IsDone(1) == true;
}
