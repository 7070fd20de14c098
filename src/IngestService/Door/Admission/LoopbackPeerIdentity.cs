using System.Net;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>Before certificates: loopback only.</summary>
internal sealed class LoopbackPeerIdentity : IPeerIdentity
{
    public RefusalDetail? MaySpeakFor(string peer, string producer) => LoopbackOnly(peer);

    public RefusalDetail? MayRegister(string peer) => LoopbackOnly(peer);

    private static RefusalDetail? LoopbackOnly(string peer) =>
        IsLoopback(peer) ? null : new RefusalDetail(RefusalCode.NotLoopback, $"the peer is {peer}");

    /// <summary>Reads gRPC's form of an address: "ipv4:127.0.0.1:5000", "ipv6:[::1]:5000", "unix:path".</summary>
    internal static bool IsLoopback(string peer)
    {
        if (peer.StartsWith("unix:", StringComparison.Ordinal))
            return true;
        var colon = peer.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && peer.AsSpan(0, colon) is "ipv4" or "ipv6"
            && IPEndPoint.TryParse(Uri.UnescapeDataString(peer[(colon + 1)..]), out var end)
            && IPAddress.IsLoopback(end.Address.IsIPv4MappedToIPv6 ? end.Address.MapToIPv4() : end.Address);
    }
}
