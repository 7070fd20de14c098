namespace EdgeEnforcement.Evidence.Tests;

public sealed class NoteVerifierTests
{
    [Theory]
    [InlineData(PublicNotes.RekorKey, "rekor.sigstore.dev", 0xc0d23d6au)]
    [InlineData(PublicNotes.PixelKey, "pixel6_transparency_log", 0x91c16e30u)]
    public void TryParse_PublishedKeys_AreRead(string key, string name, uint keyId)
    {
        var verifier = PublicNotes.Verifier(key);

        Assert.Equal(name, verifier.Name);
        Assert.Equal(keyId, verifier.KeyId);
        Assert.Equal(91, verifier.PublicKey.Length);
    }

    [Fact]
    public void TryParse_EveryPrefix_IsRefused()
    {
        for (var length = 0; length < PublicNotes.RekorKey.Length; length++)
            Assert.False(NoteVerifier.TryParse(PublicNotes.RekorKey[..length], out _));
    }

    [Fact]
    public void TryParse_EveryOneCharacterChangeOfIdAndKey_IsRefused()
    {
        var nameEnd = PublicNotes.RekorKey.IndexOf('+', StringComparison.Ordinal);
        for (var i = nameEnd; i < PublicNotes.RekorKey.Length; i++)
        {
            foreach (var c in "Aa09+/= \n\0xQé—")
            {
                if (PublicNotes.RekorKey[i] == c)
                    continue;
                var changed = PublicNotes.RekorKey[..i] + c + PublicNotes.RekorKey[(i + 1)..];
                Assert.False(NoteVerifier.TryParse(changed, out _), changed);
            }
        }
    }

    // The key ID of type 0x02 does not cover the name: a changed name is another key's name, and opens nothing of this one's.
    [Fact]
    public void TryParse_EveryOneCharacterChangeOfTheName_IsRefusedOrIsAnotherKey()
    {
        var nameEnd = PublicNotes.RekorKey.IndexOf('+', StringComparison.Ordinal);
        for (var i = 0; i < nameEnd; i++)
        {
            foreach (var c in "A+ \t\n\0 　é")
            {
                var changed = PublicNotes.RekorKey[..i] + c + PublicNotes.RekorKey[(i + 1)..];
                if (!NoteVerifier.TryParse(changed, out var verifier))
                    continue;
                Assert.True(c is 'A' or 'é', changed);
                Assert.Equal(NoteFinding.NoKnownKey, SignedNote.Open(System.Text.Encoding.UTF8.GetBytes(PublicNotes.RekorNote), [verifier], out _));
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bananas.sigstore.dev+12344556")]
    [InlineData("rekor.sigstore.dev+12345678+THIS_IS_NOT_BASE64!")]
    [InlineData("rekor.sigstore.dev+12345678+AwEB")]
    [InlineData("rekor.sigstore.dev+12345678+Ag==")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void TryParse_OtherTypesAndRubbish_AreRefused(string? key) => Assert.False(NoteVerifier.TryParse(key, out _));

    [Fact]
    public void TryParse_UpperCaseKeyId_IsRefused() =>
        Assert.False(NoteVerifier.TryParse(PublicNotes.RekorKey.Replace("c0d23d6a", "C0D23D6A", StringComparison.Ordinal), out _));

    [Fact]
    public void TryParse_PointOffTheCurve_IsRefused()
    {
        var spki = PublicNotes.Verifier(PublicNotes.RekorKey).PublicKey.ToArray();
        spki[^1] ^= 1;
        var key = $"x+{EcdsaNoteScheme.KeyIdOf(spki):x8}+{Convert.ToBase64String([2, .. spki])}";

        Assert.False(NoteVerifier.TryParse(key, out _));
    }

    [Fact]
    public void VerifierKey_OfASigner_IsReadBack()
    {
        using var key = SigningKey.Create();
        var signer = new NoteSigner("ledger.example/ee", key);

        var verifier = PublicNotes.Verifier(signer.VerifierKey);

        Assert.Equal((signer.Name, signer.KeyId), (verifier.Name, verifier.KeyId));
        Assert.Equal(key.Spki, verifier.PublicKey.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\nb")]
    public void NoteSigner_BadName_Throws(string name)
    {
        using var key = SigningKey.Create();
        Assert.Throws<ArgumentException>(() => new NoteSigner(name, key));
    }
}
