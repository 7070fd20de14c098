using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Append;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// The service's own facts as append requests: an envelope without signatures (docs/decisions/unsigned-facts.md), the type from
/// the body, the preconditions as the record carries them, so that a replay advances the same streams.
/// </summary>
internal static class FactEnvelope
{
    public const string Clerk = "clerk";
    public const string Desk = "desk";
    public const string Ledger = "ledger";

    /// <summary>Numbers what devices without identity send.</summary>
    public const string Door = "door";

    private const uint OnlyEpoch = 1;

    /// <summary>All messages of devices without identity count in one run.</summary>
    public static readonly NumberingKey Messages = new(Door, OnlyEpoch, RecordClass.P2);

    public static bool IsReserved(string producer) => producer is Clerk or Desk or Ledger or Door;

    /// <summary>All facts of an origin count in one run.</summary>
    public static NumberingKey NumberingOf(LeafOrigin origin) => origin switch
    {
        LeafOrigin.Operator => new NumberingKey(Desk, OnlyEpoch, RecordClass.P0),
        LeafOrigin.Clerk => new NumberingKey(Clerk, OnlyEpoch, RecordClass.P0),
        LeafOrigin.Ledger => new NumberingKey(Ledger, OnlyEpoch, RecordClass.P0),
        LeafOrigin.Producer or LeafOrigin.Door => throw new ArgumentOutOfRangeException(nameof(origin), origin, "Records of devices are no facts."),
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "There is no such origin."),
    };

    /// <summary>For a fact whose identity the caller gave: the clerk's, which are deterministic.</summary>
    public static AppendRequest ToRequest(LeafOrigin origin, Record record)
    {
        var envelope = UnsignedEnvelope.Seal(record);
        return new AppendRequest
        {
            Origin = origin,
            Identity = record.Identity,
            Type = (ushort)record.BodyCase,
            Envelope = envelope,
            PayloadFingerprint = PayloadFingerprint.Of(envelope),
            Preconditions = record.Preconditions,
        };
    }

    /// <summary>Never met by another request of its identity, so its fingerprint is never compared.</summary>
    internal static AppendRequest ToRequest(in MessageDraft message, ulong sequence) => new()
    {
        Origin = LeafOrigin.Door,
        Identity = new RecordIdentity { Producer = Door, Epoch = OnlyEpoch, RecordClass = RecordClass.P2, Sequence = sequence },
        Type = message.Type,
        Envelope = message.Envelope,
        PayloadFingerprint = default,
        Flags = message.Flags,
    };

    internal static AppendRequest ToRequest(LeafOrigin origin, Record draft, NumberingKey key, ulong sequence)
    {
        var numbered = draft.Clone();
        numbered.Identity = new RecordIdentity
        {
            Producer = key.Producer, Epoch = key.Epoch, RecordClass = key.Class, Sequence = sequence,
        };
        return ToRequest(origin, numbered);
    }
}
