using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Uplink;
using Google.Protobuf;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// Asks the centre which version is the newest, and takes that one with its proof from the ledger this station follows.
internal sealed class ConfigurationFetch(CentreChannel centre, CheckpointStep checkpoints, PinnedLedger pin, IOptions<AgentOptions> agent)
{
    /// <param name="floorOf">The lowest index that is worth fetching, under a pin.</param>
    /// <returns>Null: there is none, or this station knows it. Not yet looked into: ConfigurationProof does.</returns>
    public async Task<ConfigurationVersion?> NewerAsync(Func<LedgerPin, ulong> floorOf, CancellationToken cancellation)
    {
        if (pin.Current is not { } known || !checkpoints.CanFollow)
            return null;
        var current = await new AgentConfigurations.AgentConfigurationsClient(centre.Channel).GetCurrentAsync(
            new CurrentConfigurationRequest { Producer = agent.Value.Producer }, deadline: centre.Deadline(), cancellationToken: cancellation);
        if (current.EntryIndex == 0 || current.EntryIndex < floorOf(known))
            return null;

        var ledger = new Ledger.LedgerClient(centre.Channel);
        var follower = await checkpoints.FollowAsync(ledger, current.EntryIndex + 1, cancellation);
        if (follower?.Last is not { } checkpoint || checkpoint.Size <= current.EntryIndex)
            return null;
        var entry = await ledger.GetEntryAsync(
            new GetEntryRequest { Index = current.EntryIndex }, deadline: centre.Deadline(), cancellationToken: cancellation);
        var proof = await ledger.GetInclusionProofAsync(
            new InclusionProofRequest { Index = current.EntryIndex, TreeSize = checkpoint.Size }, deadline: centre.Deadline(), cancellationToken: cancellation);
        // What was asked for and followed, whatever the answers name.
        (entry.Index, proof.Index, proof.Checkpoint) = (current.EntryIndex, current.EntryIndex, ByteString.CopyFrom(follower.LastNote.Span));
        return new ConfigurationVersion(follower.Origin, entry.ToByteArray(), proof.ToByteArray());
    }
}
