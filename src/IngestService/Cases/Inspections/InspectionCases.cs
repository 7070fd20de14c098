using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Cases.Inspections;

/// <summary>
/// A case file from findings: opened with the inspection as its source, then their recordings attached one by one, as anybody attaches them. After a
/// crash in between the rest is attached by hand: the inspection still names it.
/// </summary>
internal sealed class InspectionCases(SeenInspections inspections, CaseActs cases, ActState state)
{
    private const string MediaKey = "media/";

    public async Task<ActResult> OpenAsync(OpenInspectionCaseRequest act, CancellationToken cancellation)
    {
        if ((ActRules.Actor(act.Actor) ?? ActRules.Subject(act.InspectionId) ?? ActRules.Reason(act.Title)) is { } incomplete)
            return ActResult.Refused(incomplete);
        Seen<Inspection> seen = await inspections.AtAsync(act.InspectionId, act.ExpectedVersion, cancellation);
        if (seen.Subject is not { } inspection)
            return ActResult.Refused(seen.Refusal!); // exactly one of the two is set
        ActResult opened = await cases.OpenAsync(ToRequest(act, inspection), cancellation);
        if (opened.Receipt is null)
            return opened;
        ulong size = opened.Receipt.DurableSize;
        foreach (ulong manifest in act.Findings.SelectMany(ordinal => inspection.Findings[(int)ordinal - 1].Finding.EvidenceKeys).Distinct().Select(ManifestOf))
        {
            ActResult attached = await AttachAsync(act, inspection, opened.SubjectId, manifest, cancellation);
            size = attached.Receipt?.DurableSize ?? size;
        }

        return opened with { Receipt = opened.Receipt with { DurableSize = size } };
    }

    // The clerk attaches by its own rules meanwhile: then at the version it left. What it attached itself is there, and what was erased is gone.
    private async Task<ActResult> AttachAsync(OpenInspectionCaseRequest act, Inspection inspection, string caseId, ulong manifest, CancellationToken cancellation)
    {
        while (true)
        {
            ActResult attached = await cases.AttachAsync(new AttachMediaRequest
            {
                Actor = act.Actor, CaseId = caseId, ManifestIndex = manifest, Reason = $"{inspection.Number} 检查发现的依据",
                ExpectedEvidenceVersion = state.VersionOf(CaseStream.Evidence(caseId)),
            }, cancellation);
            if (attached.Refusal?.Code != RefusalCode.Conflict)
                return attached;
        }
    }

    private static OpenCaseRequest ToRequest(OpenInspectionCaseRequest act, Inspection inspection) => new()
    {
        Actor = act.Actor,
        Title = act.Title,
        Domain = inspection.Domain,
        HandlingUnitId = inspection.Plan.UnitId,
        Place = inspection.Start?.Place ?? inspection.Plan.Place,
        Position = inspection.Plan.Position,
        ExpectedInspectionVersion = act.ExpectedVersion,
        Source = new LeadSource
        {
            Kind = LeadSourceKind.Inspection, ExternalNumber = inspection.Number, InspectionId = inspection.InspectionId,
            ReceivedAt = inspection.FinishedAt ?? new Timestamp(), From = inspection.Plan.UnitId, InspectionFindings = { act.Findings },
        },
    };

    private static ulong ManifestOf(string key) => ulong.Parse(key[MediaKey.Length..], System.Globalization.CultureInfo.InvariantCulture);
}
