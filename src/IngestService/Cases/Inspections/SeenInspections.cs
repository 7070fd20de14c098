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
            ? new(subject, null) : new(null, new RefusalDetail(RefusalCode.Conflict, Since(subject, expectedVersion)));
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

    private static string Since(Inspection subject, ulong seen)
    {
        IEnumerable<string> made = subject.Acts.TakeLast((int)Math.Min(5, subject.LifecycleVersion - Math.Min(seen, subject.LifecycleVersion)))
            .Select(act => $"{act.OfficerId} {(act.CaseId.Length > 0 ? "立为线索" : InspectionWords.Of(act.Kind))}（#{act.EntryIndex}）");
        return $"version {seen} was seen, the inspection is at {subject.LifecycleVersion}: {string.Join("；", made)}";
    }
}
