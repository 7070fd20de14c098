using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Read side of inspection tasks. What is returned is the caller's own.</summary>
internal interface IInspectionQueries
{
    Inspection? Find(string inspectionId);

    /// <summary>Highest ordinal a unit gave in a year; 0: none.</summary>
    uint HighestNumber(string unitId, int year);

    /// <summary>Begun at or after an instant, about any of these objects; newest first.</summary>
    IReadOnlyList<Inspection> Begun(IReadOnlyCollection<string> objectIds, long sinceMicros);

    /// <summary>Planned before an entry; newest first.</summary>
    IReadOnlyList<Inspection> List(InspectionFilter filter, ulong before, int count);
}
