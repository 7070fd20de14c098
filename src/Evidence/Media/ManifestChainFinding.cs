namespace EdgeEnforcement.Evidence;

/// <summary>The first break of a chain and where it lies; <see cref="Position"/> counts the manifests given from 0.</summary>
public sealed record ManifestChainFinding(ManifestChainBreak Break, int Position, string Recorder, string Dock)
{
    public bool IsIntact => Break == ManifestChainBreak.None;
}
