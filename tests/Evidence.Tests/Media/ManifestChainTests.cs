using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.Evidence.Tests;

public sealed class ManifestChainTests
{
    [Fact]
    public void Check_AnUnbrokenChain_IsIntact_AlsoFromTheMiddle()
    {
        var chain = Chain(5);

        Assert.Equal(new ManifestChainFinding(ManifestChainBreak.None, 5, "rec-1", "dock-01"), ManifestChain.Check(chain));
        Assert.True(ManifestChain.Check(chain[2..], ManifestHash.Of(chain[1].Span)).IsIntact);
        Assert.True(ManifestChain.Check([]).IsIntact);
    }

    [Fact]
    public void Check_EachBreak_IsNamedWithItsPlace()
    {
        var chain = Chain(5);

        Assert.Equal((ManifestChainBreak.WrongPrevious, 2), Found([.. chain[..2], .. chain[3..]]));
        Assert.Equal((ManifestChainBreak.WrongPrevious, 1), Found([chain[0], chain[2], chain[1]]));
        Assert.Equal((ManifestChainBreak.WrongPrevious, 2), Found([chain[0], Payload("changed", ManifestHash.Of(chain[0].Span)), chain[2]]));
        Assert.Equal((ManifestChainBreak.HeadMissing, 0), Found(chain[1..]));
        Assert.Equal((ManifestChainBreak.Restarted, 2), Found([chain[0], chain[1], Payload("again", previous: null)]));
        Assert.Equal((ManifestChainBreak.OtherChain, 1), Found([chain[0], Payload("f", ManifestHash.Of(chain[0].Span), "rec-2")]));
        Assert.Equal((ManifestChainBreak.NotAManifest, 1), Found([chain[0], Records.Alert().ToByteArray()]));
        Assert.Equal((ManifestChainBreak.NotAManifest, 0), Found([new byte[] { 0xFF }]));

        var unmarked = Records.Manifest("rec-1", "f", previous: null);
        unmarked.MediaManifest.Baseline = false;
        Assert.Equal((ManifestChainBreak.HeadNotBaseline, 0), Found([unmarked.ToByteArray()]));
    }

    private static (ManifestChainBreak, int) Found(ReadOnlyMemory<byte>[] payloads)
    {
        var finding = ManifestChain.Check(payloads);
        return (finding.Break, finding.Position);
    }

    private static ReadOnlyMemory<byte>[] Chain(int count)
    {
        var chain = new ReadOnlyMemory<byte>[count];
        for (var i = 0; i < count; i++)
            chain[i] = Payload($"file-{i}.mp4", i == 0 ? null : ManifestHash.Of(chain[i - 1].Span));
        return chain;
    }

    private static ReadOnlyMemory<byte> Payload(string file, Sha256Hash? previous, string recorder = "rec-1") =>
        Records.Manifest(recorder, file, previous).ToByteArray();
}
