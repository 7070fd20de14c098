using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// Which versions this station knows. Every step is one state, replaced as a whole:
///
///   taken       Trial is set, nothing runs with it yet
///   started     TrialStarts counts each start with it, before the start
///   kept        Good is the Trial: the centre answered its APPLIED report
///   given up    Trial is gone and Good is what runs; or Good is gone and the local file alone does
///   refused     only Seen moves
///
/// Seen is the newest version that was decided on: nothing at or below it is looked at again, whoever offers it. Unsaid holds reports
/// (AgentConfigurationReport) that are not in the spool yet; a crash between spool and state says one twice.
internal sealed record ConfigurationState
{
    public static ConfigurationState Empty { get; } = new();

    public ConfigurationVersion? Good { get; init; }

    public ConfigurationVersion? Trial { get; init; }

    public int TrialStarts { get; init; }

    public string SeenOrigin { get; init; } = "";

    public ulong SeenEntry { get; init; }

    /// Why the version seen last is not what runs; empty when it is.
    public IReadOnlyList<string> Faults { get; init; } = [];

    public IReadOnlyList<byte[]> Unsaid { get; init; } = [];

    /// What a start is made with; null: the local file alone.
    public ConfigurationVersion? Current => Trial ?? Good;

    /// The lowest index a new version may have. Where a ledger goes on after a restore its indexes above the restored size are given anew.
    public ulong Floor(LedgerPin pin)
    {
        if (SeenOrigin.Length == 0)
            return 0;
        var since = pin.Past.SkipWhile(p => p.Origin != SeenOrigin).Select(p => p.GoesOnFrom);
        return since.Append(SeenEntry + 1).Min();
    }

    public ConfigurationState Take(ConfigurationVersion version) =>
        this with { Trial = version, TrialStarts = 0, SeenOrigin = version.Origin, SeenEntry = version.Index, Faults = [] };

    public ConfigurationState Start() => this with { TrialStarts = TrialStarts + 1 };

    public ConfigurationState Keep() => this with { Good = Trial, Trial = null, TrialStarts = 0 };

    public ConfigurationState Refuse(ConfigurationVersion version, AgentConfigurationReport report) =>
        Report(report) with { SeenOrigin = version.Origin, SeenEntry = version.Index, Faults = [.. report.Reasons] };

    public ConfigurationState GiveUp(AgentConfigurationReport report) =>
        Report(report) with { Trial = null, TrialStarts = 0, Good = Trial is null ? null : Good, Faults = [.. report.Reasons] };

    public ConfigurationState Report(AgentConfigurationReport report) => this with { Unsaid = [.. Unsaid, report.ToByteArray()] };

    public ConfigurationState Said(int count) => this with { Unsaid = [.. Unsaid.Skip(count)] };
}
