using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

internal interface IPresenceQueries
{
    /// <summary>Newest change first, below <paramref name="before"/>; no states means all.</summary>
    IReadOnlyList<(ulong Position, PresenceRow Row)> List(ulong before, int count, IReadOnlyCollection<PresenceState> states);

    PresenceCounts Count();
}
