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

    private const uint OnlyEpoch = 1;

    public static bool IsReserved(string producer) => producer is Clerk or Desk or Ledger;

    /// <summary>All facts of an origin count in one run.</summary>
    public static NumberingKey NumberingOf(LeafOrigin origin) => origin switch
    {
        LeafOrigin.Operator => new NumberingKey(Desk, OnlyEpoch, RecordClass.P0),
        LeafOrigin.Clerk => new NumberingKey(Clerk, OnlyEpoch, RecordClass.P0),
        LeafOrigin.Ledger => new NumberingKey(Ledger, OnlyEpoch, RecordClass.P0),
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "Producers sign their own records."),
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
