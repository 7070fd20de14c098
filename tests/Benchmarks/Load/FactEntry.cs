using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>A fact as an entry of a ledger that is not there: for folding what a ledger would hold.</summary>
internal static class FactEntry
{
    public static LedgerEntry Of(Record record, ulong index, LeafOrigin origin, long micros)
    {
        string producer = origin == LeafOrigin.Operator ? "desk" : "ledger";
        record.Identity = new RecordIdentity { Producer = producer, Epoch = 1, RecordClass = RecordClass.P0, Sequence = index + 1 };
        byte[] envelope = UnsignedEnvelope.Seal(record), salt = new byte[Commitment.SaltBytes];
        Leaf leaf = new()
        {
            Origin = origin, Class = (byte)RecordClass.P0, Type = (ushort)record.BodyCase, Producer = producer, Epoch = 1, Sequence = index + 1,
            EnvelopeLength = (uint)envelope.Length, IngestTimeMicros = micros, Commitment = Commitment.Compute(salt, envelope),
        };
        return new LedgerEntry(new EntryIndex(index), leaf, LeafFormat.ToArray(leaf), salt, envelope, IsErased: false);
    }
}
