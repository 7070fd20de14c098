using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Admission;

/// <summary>
/// The one place where a connection's identity comes in. Today: who calls from loopback is who it says it is, and each record's
/// signature proves the rest. With certificates: the producer is the certificate's, and a gateway's roster is asked here.
/// </summary>
internal interface IPeerIdentity
{
    /// <summary>Null when the peer may speak for this producer.</summary>
    RefusalDetail? MaySpeakFor(string peer, string producer);

    /// <summary>Null when the peer may register a producer without a certificate.</summary>
    RefusalDetail? MayRegister(string peer);
}
