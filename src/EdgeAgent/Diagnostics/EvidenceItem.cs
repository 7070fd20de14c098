namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// Everything the station holds about one docked file, as bytes: whoever asks checks it himself.
internal sealed record EvidenceItem(
    string Key,
    byte[] Envelope,
    byte[] PublicKey,
    byte[]? Receipt,
    byte[]? Proof,
    byte[]? MediaAnswer,
    byte[]? MediaProof,
    string Origin,
    string VerifierKey);
