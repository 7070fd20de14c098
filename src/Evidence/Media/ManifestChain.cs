using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;

namespace EdgeEnforcement.Evidence;

/// <summary>
/// The chain of manifests of one (recorder, dock): each names the payload hash of the one before, so that taking one away after docking
/// shows. What was removed before docking is judged by the recorder's own file numbers, not here.
/// </summary>
public static class ManifestChain
{
    /// <summary>Puts a manifest behind the chain's last one; null begins a chain.</summary>
    public static void Link(MediaManifest manifest, Sha256Hash? previous)
    {
        manifest.Baseline = previous is null;
        manifest.PreviousManifestSha256 = previous is { } hash ? ByteString.CopyFrom(hash.ToArray()) : ByteString.Empty;
    }

    /// <summary>Checks payloads in chain order.</summary>
    /// <param name="payloads">Envelope payloads (records that hold a manifest).</param>
    /// <param name="before">The hash of the manifest before the first one given; null when the first is the chain's head.</param>
    public static ManifestChainFinding Check(IEnumerable<ReadOnlyMemory<byte>> payloads, Sha256Hash? before = null)
    {
        MediaManifest? first = null;
        var previous = before;
        var position = 0;
        foreach (var payload in payloads)
        {
            if (!EnvelopeReader.TryParse(Record.Parser, payload.Span, out var record) || record.MediaManifest is not { } manifest)
                return Finding(ManifestChainBreak.NotAManifest, position, first);
            first ??= manifest;
            var found = Judge(manifest, first, previous, isFirst: position == 0);
            if (found != ManifestChainBreak.None)
                return Finding(found, position, first);
            previous = ManifestHash.Of(payload.Span);
            position++;
        }

        return Finding(ManifestChainBreak.None, position, first);
    }

    private static ManifestChainBreak Judge(MediaManifest manifest, MediaManifest first, Sha256Hash? previous, bool isFirst)
    {
        if (manifest.Recorder != first.Recorder || manifest.Dock != first.Dock)
            return ManifestChainBreak.OtherChain;
        var named = manifest.PreviousManifestSha256;
        if (previous is not { } expected)
        {
            if (!named.IsEmpty)
                return ManifestChainBreak.HeadMissing;
            return manifest.Baseline ? ManifestChainBreak.None : ManifestChainBreak.HeadNotBaseline;
        }

        if (named.IsEmpty)
            return isFirst ? ManifestChainBreak.WrongPrevious : ManifestChainBreak.Restarted;
        return Sha256Hash.TryFromBytes(named.Span, out var hash) && hash == expected
            ? ManifestChainBreak.None
            : ManifestChainBreak.WrongPrevious;
    }

    private static ManifestChainFinding Finding(ManifestChainBreak found, int position, MediaManifest? first) =>
        new(found, position, first?.Recorder ?? "", first?.Dock ?? "");
}
