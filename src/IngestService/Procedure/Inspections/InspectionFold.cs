using EdgeEnforcement.Contracts.V1;
using Kind = EdgeEnforcement.Contracts.V1.InspectionActKind;

namespace EdgeEnforcement.IngestService.Procedure.Inspections;

/// <summary>Facts to state. Decides nothing and reads nothing else, so a rebuild from entry 0 gives the same state.</summary>
internal static class InspectionFold
{
    /// <param name="subject">Changed in place; empty for PLAN.</param>
    /// <param name="fact">Of this inspection.</param>
    /// <param name="entry">Where it lies.</param>
    /// <param name="recording">What the ledger says of the manifest a LINK_RECORDING names.</param>
    public static void Apply(Inspection subject, InspectionActed fact, ulong entry, EvidenceSource? recording)
    {
        InspectionAct act = fact.Act;
        subject.LifecycleVersion++;
        subject.State = fact.To;
        subject.Acts.Add(new InspectionActMade { Kind = act.Kind, From = fact.From, To = fact.To, EntryIndex = entry, At = fact.At, OfficerId = act.Actor?.Id ?? "" });
        switch (act.Kind)
        {
            case Kind.Plan:
                (subject.InspectionId, subject.Number, subject.Domain, subject.Plan, subject.PlannedEntry) = (fact.InspectionId, fact.Number, fact.Domain, act.Plan, entry);
                Warn(subject, fact);
                break;
            case Kind.Start:
                subject.Start = act.Start.Clone();
                if (subject.Start.OfficerIds.Count == 0)
                    subject.Start.OfficerIds.AddRange(subject.Plan.OfficerIds);
                subject.StartedAt = act.HappenedAt ?? fact.At;
                Warn(subject, fact);
                break;
            case Kind.LinkRecording:
                Link(subject, act, recording);
                break;
            case Kind.UnlinkRecording:
                Unlink(subject, act.Recording.ManifestIndex);
                break;
            case Kind.RecordFinding:
                subject.Findings.Add(new InspectionFound { Finding = act.Finding.Clone(), At = act.HappenedAt ?? fact.At, OfficerId = act.Actor?.Id ?? "" });
                break;
            case Kind.Finish:
                (subject.Finish, subject.FinishedAt) = (act.Finish, act.HappenedAt ?? fact.At);
                break;
            case Kind.Cancel:
                subject.CancelReason = act.Cancel.Reason;
                break;
        }
    }

    /// <summary>A case file was opened with findings: the case names the inspection, and so the inspection knows the case.</summary>
    public static void Opened(Inspection subject, CaseOpened opened, ulong entry, Google.Protobuf.WellKnownTypes.Timestamp at)
    {
        subject.LifecycleVersion++;
        subject.Cases.Add(new InspectionCase { CaseId = opened.CaseId, Number = opened.Number, Findings = { opened.Source.InspectionFindings }, EntryIndex = entry });
        subject.Acts.Add(new InspectionActMade
        {
            From = subject.State, To = subject.State, EntryIndex = entry, At = at, OfficerId = opened.Actor?.Id ?? "", CaseId = opened.CaseId,
        });
    }

    private static void Warn(Inspection subject, InspectionActed fact)
    {
        subject.Earlier.Clear();
        subject.Earlier.AddRange(fact.Earlier);
    }

    private static void Link(Inspection subject, InspectionAct act, EvidenceSource? source)
    {
        source ??= new EvidenceSource { EntryIndex = act.Recording.ManifestIndex };
        if (subject.Recordings.All(media => media.Source.EntryIndex != source.EntryIndex))
            subject.Recordings.Add(new InspectionMedia { Source = source, LinkedBy = act.Actor?.Id ?? "" });
        if (act.Recording.Finding is > 0 and var ordinal && ordinal <= subject.Findings.Count
            && subject.Findings[(int)ordinal - 1].Finding is { } finding && !finding.EvidenceKeys.Contains(source.Key))
            finding.EvidenceKeys.Add(source.Key);
    }

    private static void Unlink(Inspection subject, ulong manifest)
    {
        if (subject.Recordings.FirstOrDefault(media => media.Source.EntryIndex == manifest) is { } linked)
            subject.Recordings.Remove(linked);
    }
}
