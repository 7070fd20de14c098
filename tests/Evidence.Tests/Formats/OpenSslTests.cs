using System.Security.Cryptography;

namespace EdgeEnforcement.Evidence.Tests;

/// <summary>What we make, checked by openssl.</summary>
public sealed class OpenSslTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evidence-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task CheckpointNote_VerifiesWithOpenSsl_AndAChangedOneDoesNot()
    {
        using var key = SigningKey.Create();
        var note = new Checkpoint("ledger.example/ee", 70_000, ReferenceTree.LeafHash(1)).Sign(new NoteSigner("ledger.example/ee", key));
        var text = note.Text.ToArray();

        Assert.Equal(0, await VerifyAsync(key.Spki, text, note.Signatures[0].Value.ToArray()));
        text[^2] ^= 1;
        Assert.NotEqual(0, await VerifyAsync(key.Spki, text, note.Signatures[0].Value.ToArray()));
    }

    [Fact]
    public async Task EnvelopeSignature_VerifiesWithOpenSslOverPae()
    {
        using var key = SigningKey.Create();
        Assert.True(EnvelopeReader.TryRead(new EnvelopeSigner(key).Seal(Records.Alert()), out var opened));

        Assert.Equal(
            0,
            await VerifyAsync(key.Spki, Pae.Encode(opened.PayloadType, opened.Payload.Span), opened.Envelope!.Signatures[0].Value.ToByteArray()));
    }

    [Fact]
    public async Task MediaDigests_AreThoseOfOpenSsl()
    {
        var bytes = MediaHasherTests.Bytes(9 * 1024 * 1024 + 12_345);
        var file = Write("media.bin", bytes);

        MediaDigest digest;
        await using (var source = File.OpenRead(file))
        {
            digest = await MediaHasher.HashAsync(
                source, MediaHashOptions.Default with { ExtraAlgorithms = [DigestAlgorithms.Sm3] },
                cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(3, digest.ChunkSha256.Count);
        Assert.Equal(digest.Sha256.ToString(), await DigestAsync("-sha256", file));
        Assert.Equal(Convert.ToHexStringLower(digest.All[1].Value.Span), await DigestAsync("-sm3", file));
        Assert.Equal(digest.ChunkSha256[2].ToString(), await DigestAsync("-sha256", Write("chunk.bin", bytes[(8 * 1024 * 1024)..])));
    }

    private async Task<int> VerifyAsync(byte[] spki, byte[] message, byte[] signature)
    {
        var key = Write("key.pem", System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("PUBLIC KEY", spki)));
        var (code, _) = await OpenSsl.RunAsync(
            "dgst", "-sha256", "-verify", key, "-signature", Write("signature.der", signature), Write("message", message));
        return code;
    }

    private static async Task<string> DigestAsync(string algorithm, string file)
    {
        var (code, output) = await OpenSsl.RunAsync("dgst", algorithm, "-r", file);
        Assert.Equal(0, code);
        return output[..64];
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
