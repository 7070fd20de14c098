using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;
using Google.Protobuf;
using Microsoft.Extensions.Configuration;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// What the next start is made with: the version on trial, else the last good one, else the local file alone. Each is proved again before it
/// is run with; one that cannot be run with any more is given up here, and its report waits for the spool.
internal sealed class ConfigurationChoice(ConfigurationStore store, ConfigurationLayers layers, Func<LedgerPin?> pinned, string producer)
{
    // A power cut in the middle of a trial is not the version's fault; three are taken for it.
    private const int MostTrialStarts = 3;

    public IConfigurationRoot Next()
    {
        while (store.State.Current is { } version)
        {
            if (Open(version, out var faults) is { } candidate)
            {
                if (store.State.Trial is not null)
                    store.Save(store.State.Start());
                if (candidate.Rules is { } rules)
                    store.SaveRules(version.Index, rules);
                return candidate.Configuration;
            }
            GiveUp(faults);
        }
        return layers.Local();
    }

    /// The version that runs, or should, is not run with again.
    public void GiveUp(IReadOnlyList<string> reasons)
    {
        var state = store.State;
        var report = ReportOf(state.Current, ConfigurationOutcome.RolledBack, reasons);
        report.RunsWithEntry = state.Trial is null ? 0 : state.Good?.Index ?? 0;
        store.Save(state.GiveUp(report));
    }

    /// <param name="version">The version it is about.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="reasons">All of them.</param>
    public AgentConfigurationReport ReportOf(ConfigurationVersion? version, ConfigurationOutcome outcome, IReadOnlyList<string> reasons)
    {
        var report = new AgentConfigurationReport { Outcome = outcome, EntryIndex = version?.Index ?? 0, Origin = version?.Origin ?? "", Reasons = { reasons } };
        if (version is not null && pinned() is { } pin && ConfigurationProof.Open(version, pin, producer, out _) is { } content)
            (report.Label, report.Sha256) = (content.Label, ByteString.CopyFrom(content.Sha256.Span));
        return report;
    }

    private ConfigurationCheck.Candidate? Open(ConfigurationVersion version, out IReadOnlyList<string> faults)
    {
        if (store.State.Trial is not null && store.State.TrialStarts >= MostTrialStarts)
        {
            faults = [FormattableString.Invariant($"{MostTrialStarts} starts with it ended before the centre had answered")];
            return null;
        }
        string? why = "this station was registered with no ledger";
        if (pinned() is not { } pin || ConfigurationProof.Open(version, pin, producer, out why) is not { } content)
        {
            faults = [why!]; // set whenever nothing was opened
            return null;
        }
        return ConfigurationCheck.Run(content.Content.Memory, layers, store.RulesFile(version.Index), out faults);
    }
}
