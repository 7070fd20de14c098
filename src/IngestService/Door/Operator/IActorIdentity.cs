using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Operator;

/// <summary>
/// The one place where an operator's identity comes in: every act passes here with the actor it states. Today the console on loopback is
/// believed; with sign-in the actor is the session's, and what is stated must be the same.
/// </summary>
internal interface IActorIdentity
{
    /// <summary>Null when the peer may act as this actor. Whether that actor may do this act is the registers' and the process's question.</summary>
    RefusalDetail? WhyNot(string peer, Actor? stated);
}
