using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using Google.Protobuf;

namespace EdgeEnforcement.EdgeAgent.RemoteConfiguration;

/// Whether a version is what the centre's ledger holds for this station. Needs no network: entry, proof and the pinned key say it all.
///  1 the checkpoint is signed by the key pinned for that origin (or for one accepted before it);
///  2 the leaf is in that checkpoint's tree at that index, was written by an operator, and commits to the envelope;
///  3 the envelope holds one configuration for this producer, and its content has the SHA-256 it names.
/// Pure.
internal static class ConfigurationProof
{
    /// <param name="version">As fetched, or as kept.</param>
    /// <param name="pin">The ledger this station was registered with.</param>
    /// <param name="producer">This station.</param>
    /// <param name="why">Null when it is proved.</param>
    public static Contracts.V1.AgentConfiguration? Open(ConfigurationVersion version, LedgerPin pin, string producer, out string? why)
    {
        try
        {
            var entry = EntryAnswer.Parser.ParseFrom(version.Entry);
            var proof = InclusionProofAnswer.Parser.ParseFrom(version.Proof);
            why = WhyNotIn(version.Origin, entry, proof, pin);
            return why is null ? Read(entry, producer, out why) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            why = "what is kept of it cannot be read";
            return null;
        }
    }

    private static string? WhyNotIn(string origin, EntryAnswer entry, InclusionProofAnswer proof, LedgerPin pin)
    {
        if (CheckpointOf(origin, proof.Checkpoint.Span, pin) is not { } checkpoint)
            return $"its checkpoint is not signed by {origin} under a key this station accepted";
        if (proof.Index != entry.Index || !ProofPath.TryParse(proof.Path, out var path)
            || RecordProof.Check(entry.Leaf.Span, entry.Index, path, checkpoint) != ProofFinding.Proven)
            return FormattableString.Invariant($"entry {entry.Index} is not in the tree of {checkpoint.Size}");
        if (!LeafFormat.TryParse(entry.Leaf.Span, out var leaf) || leaf.Origin != LeafOrigin.Operator || leaf.Type != Record.RegisterChangedFieldNumber)
            return FormattableString.Invariant($"entry {entry.Index} is no act on the registers");
        return entry.Salt.Length == Commitment.SaltBytes && Commitment.Compute(entry.Salt.Span, entry.Envelope.Span) == leaf.Commitment
            ? null
            : FormattableString.Invariant($"the content is not what entry {entry.Index} commits to");
    }

    /// One origin may have gone on under another key: whichever of the accepted ones signed.
    private static Checkpoint? CheckpointOf(string origin, ReadOnlySpan<byte> note, LedgerPin pin)
    {
        foreach (var (name, key) in pin.Past.Select(p => (p.Origin, p.VerifierKey)).Append((pin.Origin, pin.VerifierKey)))
            if (name == origin && LedgerFollower.TryCreate(name, key, note, out var follower) && follower.Last is { } checkpoint)
                return checkpoint;
        return null;
    }

    private static Contracts.V1.AgentConfiguration? Read(EntryAnswer entry, string producer, out string? why)
    {
        why = null;
        var changes = EnvelopeReader.TryRead(entry.Envelope.Memory, out var opened) ? opened.Record?.RegisterChanged?.Changes : null;
        if (changes is not [{ Ended: false, AgentConfiguration: { } configuration }])
            why = FormattableString.Invariant($"entry {entry.Index} registers no configuration");
        else if (configuration.Producer != producer)
            why = FormattableString.Invariant($"entry {entry.Index} is a configuration for {configuration.Producer}");
        else if (!SHA256.HashData(configuration.Content.Span).AsSpan().SequenceEqual(configuration.Sha256.Span))
            why = FormattableString.Invariant($"the content of entry {entry.Index} has not the SHA-256 it names");
        else
            return configuration;
        return null;
    }
}
