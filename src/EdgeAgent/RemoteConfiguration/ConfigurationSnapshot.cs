namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// What `status` shows of the remote configuration.
/// <param name="Entry">Of the version that runs; 0: the local file alone.</param>
/// <param name="OnTrial">The centre has not answered under it yet.</param>
/// <param name="SeenEntry">The newest version that was decided on.</param>
/// <param name="Faults">Why that one does not run; empty when it does.</param>
internal sealed record ConfigurationSnapshot(ulong Entry, bool OnTrial, ulong SeenEntry, IReadOnlyList<string> Faults)
{
    public static ConfigurationSnapshot Of(ConfigurationState state) =>
        new(state.Current?.Index ?? 0, state.Trial is not null, state.SeenEntry, state.Faults);
}
