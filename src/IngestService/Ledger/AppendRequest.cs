using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// One record on its way into the ledger. The envelope is owned by the request from here on: the caller copied it once out
/// of the transport's buffer and never touches it again.
/// </summary>
internal sealed class AppendRequest
{
    public required LeafOrigin Origin { get; init; }
    public required RecordIdentity Identity { get; init; }

    /// <summary>Number of the body field in <see cref="Record"/>; 0 for an envelope that cannot be read (quarantined).</summary>
    public required ushort Type { get; init; }

    /// <summary>Signed envelope bytes exactly as received.</summary>
    public required ReadOnlyMemory<byte> Envelope { get; init; }

    /// <summary>SHA-256 over payload type, a zero byte and payload: what "same bytes" compares.</summary>
    public required Sha256Hash PayloadFingerprint { get; init; }

    public IReadOnlyList<StreamPrecondition> Preconditions { get; init; } = [];
    public LeafFlags Flags { get; init; }
}
