using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Inspections;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Inspections;

/// <summary>Inspections as their actors saw them.</summary>
internal sealed class SeenInspections(ActState state, IInspectionQueries inspections)
{
    /// <summary>The inspection at the version its actor saw; otherwise what was done since, and by whom.</summary>
    public async Task<Seen<Inspection>> AtAsync(string inspectionId, ulong expectedVersion, CancellationToken cancellation)
    {
        ulong now = state.VersionOf(InspectionNumber.Stream(inspectionId));
        await state.CatchUpAsync(cancellation);
        if (inspections.Find(inspectionId) is not { } subject)
            return new(null, new RefusalDetail(RefusalCode.UnknownSubject, $"no inspection {inspectionId}"));
        return subject.LifecycleVersion == expectedVersion && now <= expectedVersion
            ? new(subject, null) : new(null, ActSentences.Refuse(RefusalCode.Conflict, Since(subject, expectedVersion, now)));
    }

    /// <summary>Whether a case may be opened with findings of an inspection: of one that ended with a violation, each finding once.</summary>
    /// <returns>Null subject and no refusal where the lead comes from elsewhere.</returns>
    public async Task<Seen<Inspection>> ForCaseAsync(OpenCaseRequest act, CancellationToken cancellation)
    {
        if (act.Source is not { InspectionId: { Length: > 0 } id } source)
            return default;
        Seen<Inspection> seen = await AtAsync(id, act.ExpectedInspectionVersion, cancellation);
        if (seen.Subject is not { } inspection)
            return seen;
        uint[] open = [.. InspectionGuards.OpenFindings(inspection)];
        bool isOpen = source.InspectionFindings.Count > 0 && source.InspectionFindings.All(open.Contains)
            && source.InspectionFindings.Distinct().Count() == source.InspectionFindings.Count;
        if (source.Kind == LeadSourceKind.Inspection && isOpen)
            return seen;
        string which = open.Length == 0 ? "没有" : string.Join("、", open);
        return new(null, new RefusalDetail(RefusalCode.NotPermitted, $"FINDING_OPEN 只有以“发现违法”结束的检查中尚未立为线索的违法发现可以立为线索，现可立的：{which}"));
    }

    // Its last act may be a case that was opened from it, which is no act on it.
    private static Said Since(Inspection subject, ulong seen, ulong now) =>
        subject.LifecycleVersion > seen && subject.Acts.Count > 0 && subject.Acts[^1].Kind != InspectionActKind.Unspecified
            ? ActSentences.InspectionMoved(seen, subject.LifecycleVersion, subject.Acts[^1]) : ActSentences.Moved(seen, Math.Max(now, subject.LifecycleVersion));
}
