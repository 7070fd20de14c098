using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Media;

/// <summary>Read side of the media projection. Rows come newest first.</summary>
internal interface IMediaQueries
{
    ulong Count();

    /// <summary>Rows with an index below <paramref name="before"/>.</summary>
    IReadOnlyList<MediaRow> List(ulong before, int count, bool unattachedOnly);

    IReadOnlyDictionary<ulong, MediaRow> Rows(IReadOnlyCollection<ulong> manifestIndexes);

    /// <summary>Manifests that promise this content; erased ones are not among them.</summary>
    IReadOnlyList<ulong> WithContent(ReadOnlyMemory<byte> sha256);

    /// <summary>Null when no such manifest was taken in. Without the manifest itself: that is in the ledger only.</summary>
    MediaDetail? Find(ulong manifestIndex);
}
