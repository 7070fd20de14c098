using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Erasures;

/// <summary>Read side of the erasures. Positions in lists are the entries that requested them.</summary>
internal interface IErasureQueries
{
    IReadOnlyList<(ulong Position, ErasureRow Row)> List(ulong before, int count);

    ErasureDetail? Find(string erasureId);

    ErasureSnapshot? Snapshot(string erasureId);
}
