using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.Evidence.Tests;

public sealed class ReceiptCheckTests
{
    private const string Origin = "ledger.example/ee";

    private static readonly byte[] Envelope = UnsignedEnvelope.Seal(Records.Alert());
    private static readonly RecordIdentity Identity = Records.Alert().Identity;

    [Theory]
    [InlineData(ReceiptCode.Appended, LeafFlags.None)]
    [InlineData(ReceiptCode.Appended, LeafFlags.PossibleDuplicate)]
    [InlineData(ReceiptCode.Duplicate, LeafFlags.None)]
    [InlineData(ReceiptCode.Conflict, LeafFlags.Conflict)]
    [InlineData(ReceiptCode.Quarantined, LeafFlags.Quarantined)]
    public void Verify_HonestReceipt_IsValid(ReceiptCode code, LeafFlags flags) => Assert.Equal(ReceiptFinding.Valid, Check(Make(code, flags)));

    [Theory]
    [InlineData(ReceiptCode.Appended, LeafFlags.Conflict)]
    [InlineData(ReceiptCode.Appended, LeafFlags.Quarantined)]
    [InlineData(ReceiptCode.Conflict, LeafFlags.None)]
    [InlineData(ReceiptCode.Quarantined, LeafFlags.None)]
    [InlineData(ReceiptCode.Unspecified, LeafFlags.None)]
    [InlineData((ReceiptCode)99, LeafFlags.None)]
    public void Verify_CodeAgainstTheLeaf_IsCodeMismatch(ReceiptCode code, LeafFlags flags) =>
        Assert.Equal(ReceiptFinding.CodeMismatch, Check(Make(code, flags)));

    [Fact]
    public void Verify_EachLie_HasItsName()
    {
        Assert.Equal(ReceiptFinding.LeafMalformed, Check(Make(change: r => r.Leaf = ByteString.Empty)));
        Assert.Equal(ReceiptFinding.SaltMalformed, Check(Make(change: r => r.Salt = ByteString.Empty)));
        Assert.Equal(ReceiptFinding.CommitmentMismatch, Check(Make(change: r => r.Salt = ByteString.CopyFrom(new byte[32]))));
        Assert.Equal(ReceiptFinding.NotDurable, Check(Make(change: r => r.DurableSize = r.Index)));
        Assert.Equal(ReceiptFinding.OriginMismatch, ReceiptCheck.Verify(Make(), Envelope, Identity, "another/ledger"));
        Assert.Equal(ReceiptFinding.EnvelopeLengthMismatch, ReceiptCheck.Verify(Make(), Envelope.AsSpan(1), Identity, Origin));

        byte[] changed = [.. Envelope];
        changed[^1] ^= 1;
        Assert.Equal(ReceiptFinding.CommitmentMismatch, ReceiptCheck.Verify(Make(), changed, Identity, Origin));
    }

    [Fact]
    public void Verify_AnotherRecordsLeaf_IsIdentityMismatch()
    {
        foreach (var change in (Action<RecordIdentity>[])[i => i.Producer = "x", i => i.Epoch++, i => i.Sequence++, i => i.RecordClass = RecordClass.P1])
        {
            var expected = Identity.Clone();
            change(expected);
            Assert.Equal(ReceiptFinding.IdentityMismatch, ReceiptCheck.Verify(Make(), Envelope, expected, Origin));
        }
    }

    [Fact]
    public void Verify_Erased_IsTheRecordsLeafWithoutSalt()
    {
        Assert.Equal(ReceiptFinding.ValidErased, Check(Make(ReceiptCode.Erased, change: r => r.Salt = ByteString.Empty)));
        Assert.Equal(ReceiptFinding.SaltMalformed, Check(Make(ReceiptCode.Duplicate, change: r => r.Salt = ByteString.Empty)));
    }

    private static ReceiptFinding Check(Receipt receipt) => ReceiptCheck.Verify(receipt, Envelope, Identity, Origin);

    private static Receipt Make(ReceiptCode code = ReceiptCode.Appended, LeafFlags flags = LeafFlags.None, Action<Receipt>? change = null)
    {
        byte[] salt = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
        var leaf = new Leaf
        {
            Origin = LeafOrigin.Producer,
            Class = (byte)Identity.RecordClass,
            Flags = flags,
            Type = 24,
            Producer = Identity.Producer,
            Epoch = Identity.Epoch,
            Sequence = Identity.Sequence,
            EnvelopeLength = (uint)Envelope.Length,
            IngestTimeMicros = 1,
            Commitment = Commitment.Compute(salt, Envelope),
        };
        var receipt = new Receipt
        {
            Origin = Origin,
            Index = 41,
            DurableSize = 42,
            Leaf = ByteString.CopyFrom(LeafFormat.ToArray(leaf)),
            Salt = ByteString.CopyFrom(salt),
            Code = code,
        };
        change?.Invoke(receipt);
        return receipt;
    }
}
