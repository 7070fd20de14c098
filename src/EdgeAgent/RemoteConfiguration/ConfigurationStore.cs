using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// The state on disk, and beside it the rule set of the version that runs:
///
///   configuration/state             ConfigurationState, sealed, replaced as a whole
///   configuration/rules-N.json      of version N; made out of the state before each start
///
/// Written by whoever runs: between two runs of the host the runner, within one the configuration's loop.
internal sealed class ConfigurationStore(IFileSystem files, AgentPaths paths)
{
    private ConfigurationState _state = ConfigurationState.Empty;

    public ConfigurationState State => Volatile.Read(ref _state);

    private string StateFile => Path.Combine(paths.Configuration, "state");

    /// A state that is damaged is none: the station runs with its local file, says so, and is given the newest version again.
    public void Open()
    {
        files.CreateDirectory(paths.Configuration);
        try
        {
            if (SealedFile.ReadDurable(files, StateFile) is { } bytes)
                _state = Parse(bytes);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException)
        {
            Save(ConfigurationState.Empty.Report(new AgentConfigurationReport
            {
                Outcome = ConfigurationOutcome.RolledBack, Reasons = { "the state of the remote configuration is damaged: " + e.Message },
            }));
        }
    }

    /// For who only looks: nothing is changed, nothing is synced.
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public void Look()
    {
        if (SealedFile.Read(files, StateFile) is { } bytes)
            _state = Parse(bytes);
    }

    /// On return the state is durable.
    public void Save(ConfigurationState state)
    {
        SealedFile.Write(files, StateFile, JsonSerializer.SerializeToUtf8Bytes(state));
        Volatile.Write(ref _state, state);
    }

    public string RulesFile(ulong entry) => Path.Combine(paths.Configuration, FormattableString.Invariant($"rules-{entry}.json"));

    /// Durable before a start names it; those of other versions go.
    public void SaveRules(ulong entry, byte[] rules)
    {
        var own = RulesFile(entry);
        AtomicFile.Write(files, own, rules);
        foreach (var name in files.EnumerateFiles(paths.Configuration).Where(n => n.StartsWith("rules-", StringComparison.Ordinal)))
            if (Path.Combine(paths.Configuration, name) is var other && other != own)
                files.Delete(other);
    }

    private static ConfigurationState Parse(byte[] bytes) => JsonSerializer.Deserialize<ConfigurationState>(bytes) ?? ConfigurationState.Empty;
}
