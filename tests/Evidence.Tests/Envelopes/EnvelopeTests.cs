using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.Evidence.Tests;

public sealed class EnvelopeTests : IDisposable
{
    private readonly SigningKey _key = SigningKey.Create();

    public void Dispose() => _key.Dispose();

    [Fact]
    public void Pae_IsTheSpecifiedEncoding()
    {
        // The example of the DSSE protocol document.
        Assert.Equal("DSSEv1 29 http://example.com/HelloWorld 11 hello world"u8.ToArray(), Pae.Encode("http://example.com/HelloWorld", "hello world"u8));
        Assert.Equal("DSSEv1 6 重庆 0 "u8.ToArray(), Pae.Encode("重庆", []));
        Assert.Equal(Sha256Hash.Of(Pae.Encode("t", "p"u8)), Pae.Hash("t", "p"u8));
    }

    [Fact]
    public void Seal_IsReadBack_AndVerifiesUnderItsKeyOnly()
    {
        var record = Records.Alert();
        using var other = SigningKey.Create();

        Assert.True(EnvelopeReader.TryRead(new EnvelopeSigner(_key).Seal(record), out var opened));

        Assert.Equal(record, opened.Record);
        Assert.Equal(record.ToByteString(), opened.Payload);
        Assert.Equal(24, opened.RecordType);
        Assert.Equal(PayloadTypes.Record, opened.PayloadType);
        Assert.Equal(KeyIds.Of(_key.Spki), opened.Envelope!.Signatures[0].KeyId);
        Assert.True(EnvelopeVerifier.Verify(opened, _key.Spki));
        Assert.False(EnvelopeVerifier.Verify(opened, other.Spki));
        Assert.False(EnvelopeVerifier.Verify(opened, []));
    }

    [Fact]
    public void Verify_AnyChange_IsRefused()
    {
        Assert.True(EnvelopeReader.TryRead(new EnvelopeSigner(_key).Seal(Records.Alert()), out var opened));
        Assert.True(VerificationKey.TryCreate(_key.Spki, out var key));
        using (key)
        {
            AssertRefused(e => e.Payload = Records.Alert(sequence: 8).ToByteString());
            AssertRefused(e => e.PayloadType += " ");
            AssertRefused(e => e.Signatures[0].Value = ByteString.CopyFrom([.. e.Signatures[0].Value.Span, 0]));
            AssertRefused(e => e.Signatures[0].Value = ByteString.Empty);
            AssertRefused(e => e.Signatures[0].Algorithm = "none");
            AssertRefused(e => e.Signatures[0].KeyId = e.Signatures[0].KeyId.ToUpperInvariant());
            AssertRefused(e => e.Signatures.Clear());
            AssertRefused(e => e.Signatures.AddRange(Enumerable.Repeat(e.Signatures[0], EnvelopeVerifier.MaxSignatures)));
            Assert.True(EnvelopeVerifier.Verify(opened.Envelope!, key));

            void AssertRefused(Action<SignedEnvelope> change)
            {
                var changed = opened.Envelope!.Clone();
                change(changed);
                Assert.False(EnvelopeVerifier.Verify(changed, key));
            }
        }
    }

    [Fact]
    public void Verify_SignatureByAnotherBesideOurs_NeitherHelpsNorHarms()
    {
        using var other = SigningKey.Create();
        var ours = SignedEnvelope.Parser.ParseFrom(new EnvelopeSigner(_key).Seal(Records.Alert()));
        var theirs = SignedEnvelope.Parser.ParseFrom(new EnvelopeSigner(other).Seal(Records.Alert()));
        ours.Signatures.Insert(0, theirs.Signatures[0]);

        Assert.True(EnvelopeVerifier.Verify(ours, _key.Spki));
        Assert.True(EnvelopeVerifier.Verify(ours, other.Spki));
    }

    [Fact]
    public void TryRead_NamesTheFault()
    {
        Assert.Equal(EnvelopeFault.NotAnEnvelope, Fault([]));
        Assert.Equal(EnvelopeFault.NotAnEnvelope, Fault([0xFF, 0xFF]));
        Assert.Equal(EnvelopeFault.TooLarge, Fault(new byte[EnvelopeReader.MaxBytes + 1]));
        Assert.Equal(EnvelopeFault.UnknownPayloadType, Fault(new SignedEnvelope { PayloadType = "x", Payload = ByteString.CopyFrom(1) }.ToByteArray()));
        Assert.Equal(
            EnvelopeFault.NotARecord, Fault(new SignedEnvelope { PayloadType = PayloadTypes.Record, Payload = ByteString.CopyFrom(0xFF) }.ToByteArray()));
        Assert.Equal(EnvelopeFault.BadIdentity, Sealed(r => r.Identity = null));
        Assert.Equal(EnvelopeFault.BadIdentity, Sealed(r => r.Identity.Producer = "a b"));
        Assert.Equal(EnvelopeFault.BadIdentity, Sealed(r => r.Identity.Epoch = 0));
        Assert.Equal(EnvelopeFault.BadIdentity, Sealed(r => r.Identity.Sequence = 0));
        Assert.Equal(EnvelopeFault.BadIdentity, Sealed(r => r.Identity.RecordClass = (RecordClass)4));
        Assert.Equal(EnvelopeFault.UnknownBody, Sealed(r => r.ClearBody()));
        Assert.Equal(EnvelopeFault.None, Sealed(_ => { }));

        static EnvelopeFault Sealed(Action<Record> change)
        {
            var record = Records.Alert();
            change(record);
            return Fault(UnsignedEnvelope.Seal(record));
        }

        static EnvelopeFault Fault(byte[] bytes)
        {
            Assert.Equal(EnvelopeReader.TryRead(bytes, out var opened), opened.Fault == EnvelopeFault.None);
            return opened.Fault;
        }
    }

    [Fact]
    public void TryRead_RandomBytes_NeverThrows()
    {
        var random = new Random(4);
        var bytes = new EnvelopeSigner(_key).Seal(Records.Alert());
        for (var i = 0; i < 20_000; i++)
        {
            var copy = bytes.ToArray();
            for (var change = random.Next(1, 8); change > 0; change--)
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
            var opened = EnvelopeReader.TryRead(copy.AsMemory(0, random.Next(copy.Length + 1)), out var envelope);
            Assert.Equal(opened, envelope.Record is not null && envelope.Fault == EnvelopeFault.None);
        }
    }

    [Fact]
    public void SamePayload_ComparesTypeAndPayload_NotSignatures()
    {
        var signer = new EnvelopeSigner(_key);
        var first = signer.Seal(Records.Alert());
        var again = signer.Seal(Records.Alert());

        Assert.NotEqual(first, again);
        Assert.True(EnvelopeBytes.SamePayload(first, again));
        Assert.False(EnvelopeBytes.SamePayload(first, signer.Seal(Records.Alert(sequence: 8))));
        Assert.False(EnvelopeBytes.SamePayload(first, signer.Seal("other", Records.Alert().ToByteString())));
        Assert.True(EnvelopeBytes.SamePayload([0xFF], [0xFF]));
        Assert.False(EnvelopeBytes.SamePayload([0xFF], [0xFE]));
    }
}
