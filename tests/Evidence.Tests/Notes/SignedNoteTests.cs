using System.Text;

namespace EdgeEnforcement.Evidence.Tests;

public sealed class SignedNoteTests
{
    [Theory]
    [InlineData(PublicNotes.RekorKey, PublicNotes.RekorNote, "Rekor", 798034UL)]
    [InlineData(PublicNotes.PixelKey, PublicNotes.PixelNote, "DEFAULT", 10UL)]
    public void Open_PublishedNotes_Verify(string key, string text, string origin, ulong size)
    {
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.Equal(NoteFinding.Verified, SignedNote.Open(bytes, [PublicNotes.Verifier(key)], out var note));
        Assert.Equal(bytes, note!.Render());
        Assert.True(Checkpoint.TryParse(note.Text.Span, out var checkpoint));
        Assert.Equal((origin, size), (checkpoint.Origin, checkpoint.Size));
    }

    [Fact]
    public void Open_EveryOneBitChange_IsRefused()
    {
        var verifier = PublicNotes.Verifier(PublicNotes.RekorKey);
        var bytes = Encoding.UTF8.GetBytes(PublicNotes.RekorNote);
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                bytes[i] ^= (byte)(1 << bit);
                Assert.NotEqual(NoteFinding.Verified, SignedNote.Open(bytes, [verifier], out var note));
                Assert.Null(note);
                bytes[i] ^= (byte)(1 << bit);
            }
        }
    }

    [Fact]
    public void Open_EveryPrefix_IsRefused()
    {
        var bytes = Encoding.UTF8.GetBytes(PublicNotes.RekorNote);
        for (var length = 0; length < bytes.Length; length++)
            Assert.NotEqual(NoteFinding.Verified, SignedNote.Open(bytes.AsSpan(0, length), [PublicNotes.Verifier(PublicNotes.RekorKey)], out _));
    }

    [Fact]
    public void Open_SeveralSignatures_UnknownIgnored_OneKnownIsEnough()
    {
        using var ours = SigningKey.Create();
        using var theirs = SigningKey.Create();
        var us = new NoteSigner("us", ours);
        var them = new NoteSigner("them", theirs);
        var bytes = SignedNote.Create("text\n"u8, them, us).Render();

        Assert.Equal(NoteFinding.Verified, SignedNote.Open(bytes, [PublicNotes.Verifier(us.VerifierKey)], out var note));
        Assert.Equal(["them", "us"], note!.Signatures.Select(s => s.Name));
        Assert.Equal(NoteFinding.NoKnownKey, SignedNote.Open(bytes, [PublicNotes.Verifier(PublicNotes.RekorKey)], out _));
        Assert.Equal(NoteFinding.NoKnownKey, SignedNote.Open(bytes, [], out _));
    }

    [Fact]
    public void Open_KnownKeyWithABadSignature_RefusesTheWholeNote()
    {
        using var ours = SigningKey.Create();
        using var theirs = SigningKey.Create();
        var us = new NoteSigner("us", ours);
        var them = new NoteSigner("them", theirs);
        var stolenLine = Lines(SignedNote.Create("other text\n"u8, them))[^1];
        var note = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(SignedNote.Create("text\n"u8, us).Render()) + stolenLine + "\n");

        Assert.Equal(
            NoteFinding.BadSignature,
            SignedNote.Open(note, [PublicNotes.Verifier(us.VerifierKey), PublicNotes.Verifier(them.VerifierKey)], out _));
        Assert.Equal(NoteFinding.Verified, SignedNote.Open(note, [PublicNotes.Verifier(us.VerifierKey)], out _));
    }

    [Fact]
    public void Open_TwoLinesByOneKey_TheFirstCounts()
    {
        using var key = SigningKey.Create();
        var signer = new NoteSigner("us", key);
        var bad = Lines(SignedNote.Create("other text\n"u8, signer))[^1] + "\n";
        var good = Encoding.UTF8.GetString(SignedNote.Create("text\n"u8, signer).Render());

        Assert.Equal(NoteFinding.Verified, Open(good + bad));
        Assert.Equal(NoteFinding.BadSignature, Open(good.Insert(good.IndexOf('—', StringComparison.Ordinal), bad)));

        NoteFinding Open(string text) => SignedNote.Open(Encoding.UTF8.GetBytes(text), [PublicNotes.Verifier(signer.VerifierKey)], out _);
    }

    [Fact]
    public void Open_TwoVerifiersOfOneNameAndId_IsAmbiguous()
    {
        var verifier = PublicNotes.Verifier(PublicNotes.RekorKey);

        Assert.Equal(
            NoteFinding.AmbiguousVerifiers, SignedNote.Open(Encoding.UTF8.GetBytes(PublicNotes.RekorNote), [verifier, verifier], out _));
    }

    [Fact]
    public void TryParse_SplitsAtTheLastEmptyLine()
    {
        using var key = SigningKey.Create();
        var signer = new NoteSigner("us", key);
        var bytes = SignedNote.Create("a\n\nb\n"u8, signer).Render();

        Assert.True(SignedNote.TryParse(bytes, out var note));
        Assert.Equal("a\n\nb\n", Encoding.UTF8.GetString(note.Text.Span));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\nus AAAAAAA=\n")]
    [InlineData("text\n\n— us AAAAAAA=")]
    [InlineData("text\n\n— us AAAAAA==\n")] // A key ID without a signature.
    [InlineData("text\n\n— us AAAAAAA\n")]
    [InlineData("text\n\n— us AAAAAAB=\n")] // Spare bits set: a second spelling of the same bytes.
    [InlineData("text\n\n— us  AAAAAAA=\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— u+s AAAAAAA=\n")]
    [InlineData("text\n\n— u\u3000s AAAAAAA=\n")]
    [InlineData("text\n\n— us AAAAAAA= x\n")]
    [InlineData("text\r\n\n— us AAAAAAA=\n")]
    [InlineData("te\txt\n\n— us AAAAAAA=\n")]
    [InlineData("\uFEFFtext\n\n— us AAAAAAA=\n")]
    public void TryParse_Malformed_IsRefused(string text) => Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_TheSameWithoutTheFault_IsTaken() =>
        Assert.True(SignedNote.TryParse("text\n\n— us AAAAAAA=\n"u8, out _));

    [Fact]
    public void TryParse_InvalidUtf8_IsRefused() =>
        Assert.False(SignedNote.TryParse([.. "te"u8, 0xC0, 0xAF, .. "xt\n\n— us AAAAAAA=\n"u8], out _));

    [Fact]
    public void TryParse_TooManySignaturesOrTooLarge_IsRefused()
    {
        var line = "— us AAAAAAA=\n";
        var most = "text\n\n" + string.Concat(Enumerable.Repeat(line, SignedNote.MaxSignatures));

        Assert.True(SignedNote.TryParse(Encoding.UTF8.GetBytes(most), out _));
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(most + line), out _));
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(new string('a', SignedNote.MaxBytes) + "\n\n" + line), out _));
    }

    [Fact]
    public void Parsers_OfRandomBytes_NeverThrow()
    {
        var random = new Random(11);
        var bytes = Encoding.UTF8.GetBytes(PublicNotes.RekorNote);
        for (var i = 0; i < 20_000; i++)
        {
            var copy = bytes.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                copy[random.Next(copy.Length)] = (byte)random.Next(256);
            var cut = copy.AsSpan(random.Next(copy.Length));

            if (SignedNote.TryParse(cut, out var note))
                Assert.Equal(cut.ToArray(), note.Render());
            if (Checkpoint.TryParse(cut, out var checkpoint))
                Assert.Equal(cut.ToArray(), checkpoint.Render());
            Assert.False(NoteVerifier.TryParse(Encoding.Latin1.GetString(cut), out _));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no newline")]
    [InlineData("tab\t\n")]
    public void Create_TextThatIsNone_Throws(string text)
    {
        using var key = SigningKey.Create();
        var signer = new NoteSigner("us", key);
        Assert.Throws<ArgumentException>(() => SignedNote.Create(Encoding.UTF8.GetBytes(text), signer));
    }

    private static string[] Lines(SignedNote note) => Encoding.UTF8.GetString(note.Render()).TrimEnd('\n').Split('\n');
}
