using System.Text;
using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.RemoteConfiguration;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Tests.RemoteConfiguration;

/// <summary>What the next start is made with, out of what lies on the station's disk.</summary>
public sealed class ConfigurationChoiceTests : IDisposable
{
    private const string ParallelFiles = "Upload:ParallelFiles";

    private readonly string _root = Directory.CreateTempSubdirectory("choice-").FullName;
    private readonly FakeLedger _ledger = new();
    private readonly AgentPaths _paths;
    private ConfigurationStore _store;

    public ConfigurationChoiceTests()
    {
        _paths = new AgentPaths(Path.Combine(_root, "agent"));
        _ledger.Register(Versions.Act("{}", "dock-other"));
        Write(new { Agent = new { Versions.Producer, DataDirectory = _paths.Root }, Uplink = new { Address = "http://127.0.0.1:1" }, Upload = new { ParallelFiles = 2 } });
        _store = Open();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Without_a_version_it_is_the_local_file() => Assert.Equal("2", Next());

    [Fact]
    public void A_version_stands_above_the_file_and_below_the_command_line()
    {
        _store.Save(_store.State.Take(_ledger.Register(Files(3))));

        Assert.Equal("3", Next());
        Assert.Equal("5", Next("Upload:ParallelFiles=5"));
    }

    [Fact]
    public void A_trial_that_was_cut_short_three_times_is_given_up()
    {
        Keep(Files(3));
        var trial = _ledger.Register(Files(4));
        _store.Save(_store.State.Take(trial));

        // Each start is another process's.
        for (var start = 0; start < 3; start++, _store = Open())
            Assert.Equal("4", Next());

        Assert.Equal("3", Next());
        var said = Assert.Single(Unsaid());
        Assert.Equal((ConfigurationOutcome.RolledBack, trial.Index, trial.Index - 1), (said.Outcome, said.EntryIndex, said.RunsWithEntry));
        Assert.Contains("3 starts", Assert.Single(said.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void A_content_that_was_changed_on_the_disk_is_not_run_with()
    {
        var version = Keep(Files(3));
        var entry = EntryAnswer.Parser.ParseFrom(version.Entry);
        entry.Envelope = Google.Protobuf.ByteString.CopyFrom(Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(entry.Envelope.Span).Replace("3 }", "9 }", StringComparison.Ordinal)));
        // Whoever can write the state can seal it as well.
        _store.Save(_store.State with { Good = version with { Entry = Google.Protobuf.MessageExtensions.ToByteArray(entry) } });

        Assert.Equal("2", Next());
        Assert.Contains("is not what entry", Assert.Single(Assert.Single(Unsaid()).Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_is_damaged_is_none_and_is_said()
    {
        Keep(Files(3));
        var file = Path.Combine(_paths.Configuration, "state");
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);

        _store = Open();

        Assert.Equal("2", Next());
        Assert.Contains("damaged", Assert.Single(Assert.Single(Unsaid()).Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_version_that_holds_no_longer_beside_the_local_file_is_given_up()
    {
        var version = Keep("""{ "Uplink": { "BackoffMaximum": "00:00:30" } }""");
        Write(new { Agent = new { Versions.Producer, DataDirectory = _paths.Root }, Uplink = new { Address = "http://127.0.0.1:1", BackoffMinimum = "00:01:00" }, Upload = new { ParallelFiles = 6 } });

        Assert.Equal("6", Next());
        var said = Assert.Single(Unsaid());
        Assert.Equal((version.Index, 0ul), (said.EntryIndex, said.RunsWithEntry));
        Assert.Contains("BackoffMaximum", Assert.Single(said.Reasons), StringComparison.Ordinal);
    }

    private static string Files(int count) => $$"""{ "Upload": { "ParallelFiles": {{count}} } }""";

    private ConfigurationVersion Keep(string json)
    {
        var version = _ledger.Register(json);
        _store.Save(_store.State.Take(version).Start().Keep());
        return version;
    }

    private string? Next(params string[] overrides) => new ConfigurationChoice(
        _store, new ConfigurationLayers(Path.Combine(_root, "agent.json"), overrides), () => _ledger.Pin(), Versions.Producer).Next()[ParallelFiles];

    private IEnumerable<AgentConfigurationReport> Unsaid() => _store.State.Unsaid.Select(AgentConfigurationReport.Parser.ParseFrom);

    private ConfigurationStore Open()
    {
        var store = new ConfigurationStore(new PhysicalFileSystem(), _paths);
        store.Open();
        return store;
    }

    private void Write(object sections) => File.WriteAllText(Path.Combine(_root, "agent.json"), JsonSerializer.Serialize(sections));
}
