using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Columns of a case that few acts change: whose it is, whom it is about, where it lies.</summary>
internal sealed record CasePlace(
    string UnitId, string Domain, string ObjectId, string ItemId, string ActFromDay, string ActThroughDay, string Place, string Cell)
{
    public static CasePlace Of(ProcedureCase subject) => new(
        subject.HandlingUnitId, subject.Domain, subject.Filing?.ObjectId ?? "", subject.Filing?.ItemId ?? "", subject.Filing?.ActFromDay ?? "", subject.Filing?.ActThroughDay ?? "",
        subject.Place, MapCell.Of(subject));
}
