using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EdgeAgent.Media.Catalog;

/// One docked file: its manifest and how far its custody has come. Immutable; the catalogue replaces it.
internal sealed record CatalogEntry(RecordKey Key, Sha256Hash ManifestHash, MediaManifest Manifest)
{
    public Sha256Hash ContentHash { get; } = Sha256Hash.FromBytes(Manifest.Digests[0].Value.Span);

    /// STATION_COPIED is in the spool.
    public bool StationCopied { get; init; }

    /// CENTRE_STORED is in the spool: media receipt and proof were checked.
    public bool CentreStored { get; init; }
}
