using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Door.Admission;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Operator;

/// <summary>Before sign-in: who acts from loopback is who it says it is.</summary>
internal sealed class LoopbackActorIdentity : IActorIdentity
{
    public RefusalDetail? WhyNot(string peer, Actor? stated) => LoopbackPeerIdentity.IsLoopback(peer)
        ? null : new RefusalDetail(RefusalCode.NotLoopback, $"acts are taken from loopback only until sign-in; the peer is {peer}");
}
