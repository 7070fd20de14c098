using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Entries to cases, by the pure fold. Nothing is decided here.</summary>
internal sealed class ProcedureTables : IProjectionTables
{
    // A recomputation touches every case there is, and a batch may hold all of it.
    private const int MostCasesInMemory = 10_000;

    private readonly StatementSet _statements;
    private readonly CaseTable _cases;
    private readonly EvidenceTable _evidence;
    private readonly NumberTable _numbers;
    private readonly InspectionTable _inspections;
    private readonly ClockTable _clocks;
    private readonly SqliteStatement _rules;

    public ProcedureTables(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _cases = new CaseTable(_statements);
        _evidence = new EvidenceTable(_statements);
        _numbers = new NumberTable(_statements);
        _inspections = new InspectionTable(_statements, _evidence);
        _clocks = new ClockTable(_statements);
        _rules = _statements.Prepare("INSERT OR REPLACE INTO procedure_rules VALUES ($1, $2, $3)");
    }

    public void Apply(ProjectedEntry entry)
    {
        if (entry.Record is { } record)
            _numbers.Apply(entry, record);
        if (entry.Leaf.Origin == LeafOrigin.Operator && entry.Record is { } act)
            _inspections.Apply(entry, act);
        switch (entry.Record)
        {
            case { MediaManifest: { } manifest }:
                _evidence.Add(entry, manifest);
                break;
            case { MediaStored: { } stored }:
                Verified(entry, stored.ManifestIndex, holds: true);
                break;
            case { EvidenceChecked: { } found } when entry.Leaf.Origin == LeafOrigin.Operator:
                Verified(entry, found.ManifestIndex, found.Passed);
                break;
            case { CaseOpened: { } opened }:
                Open(entry, opened);
                break;
            case { MediaAttached: { } attached }:
                Attach(entry, attached);
                break;
            case { MediaDetached: { } detached }:
                Detach(entry, detached);
                break;
            case { ProcedureActed: { } acted } when entry.Leaf.Origin == LeafOrigin.Operator:
                Act(entry, acted);
                break;
            case { ClockReached: { } reached }:
                Reach(entry, reached);
                break;
            case { ClocksRecomputed: { } recomputed }:
                Recompute(entry, recomputed);
                break;
            case { ProcedureRulesActivated: { } rules } when entry.Leaf.Origin == LeafOrigin.Operator:
                _rules.Run(entry.Index, rules.Version, rules.Content.Memory);
                break;
            case { Erased: { } erased }:
                Advance(entry, erased);
                break;
        }
    }

    public void EndBatch()
    {
        _clocks.Write(_cases.Met);
        _cases.Write();
    }

    public void Dispose() => _statements.Dispose();

    private void Open(ProjectedEntry entry, CaseOpened opened)
    {
        if (_cases.Change(opened.CaseId, entry.IngestMicros) is not null)
            return; // the sequencer lets a case begin once; a table that is folded over again keeps what it has
        ProcedureCase subject = new()
        {
            CaseId = opened.CaseId,
            State = ProcedureState.A1Lead,
            LifecycleVersion = 1,
            Number = opened.Number,
            Title = opened.Title,
            Domain = opened.Domain,
            LeadId = opened.LeadId,
            OpenedAt = Micros.ToTimestamp(entry.IngestMicros),
            Source = opened.Source,
            HandlingUnitId = opened.HandlingUnitId,
            Place = opened.Place,
            Latitude = opened.Position?.Latitude ?? 0,
            Longitude = opened.Position?.Longitude ?? 0,
        };
        if (opened.AlertEvidence is { Key.Length: > 0 } report)
            subject.Evidence.Add(new CaseEvidence { Source = report });
        if (opened.SplitFromCaseId.Length > 0)
            subject.Links.Add(ProcedureFold.Link(opened.SplitFromCaseId, CaseLinkKind.SplitFrom, "", entry.Index));
        foreach (ClockChange change in opened.Clocks)
            ClockFold.Apply(subject, change, entry.Index);
        if (opened.Clocks.Count > 0)
            _clocks.Moved(subject.CaseId, entry.Index);
        _cases.Open(subject, entry.Index, entry.IngestMicros);
    }

    private void Attach(ProjectedEntry entry, MediaAttached attached)
    {
        if (_cases.Change(attached.CaseId, entry.IngestMicros) is not { } subject)
            return;
        _evidence.Attach(attached.ManifestIndex, attached.CaseId);
        subject.EvidenceVersion++;
        string key = EvidenceTable.KeyOf(attached.ManifestIndex);
        if (subject.Evidence.FirstOrDefault(item => item.Source.Key == key) is { } again)
            again.Detached = false;
        else
            subject.Evidence.Add(new CaseEvidence { Source = _evidence.Find(attached.ManifestIndex) });
        ProcedureFold.EvidenceMoved(subject);
    }

    private void Detach(ProjectedEntry entry, MediaDetached detached)
    {
        if (_cases.Change(detached.CaseId, entry.IngestMicros) is not { } subject)
            return;
        _evidence.Detach(detached.ManifestIndex, detached.CaseId);
        subject.EvidenceVersion++;
        string key = EvidenceTable.KeyOf(detached.ManifestIndex);
        foreach (CaseEvidence item in subject.Evidence.Where(item => item.Source.Key == key))
            item.Detached = true;
        ProcedureFold.EvidenceMoved(subject);
    }

    private void Verified(ProjectedEntry entry, ulong manifestIndex, bool holds)
    {
        _evidence.Verified(manifestIndex, holds);
        _inspections.Verified(manifestIndex, holds);
        string key = EvidenceTable.KeyOf(manifestIndex);
        foreach (string caseId in _evidence.CasesOf(manifestIndex))
        {
            foreach (CaseEvidence item in _cases.Change(caseId, entry.IngestMicros)?.Evidence.Where(item => item.Source.Key == key) ?? [])
                item.Source.Verified = holds;
        }
    }

    private void Act(ProjectedEntry entry, ProcedureActed acted)
    {
        if (_cases.Change(acted.CaseId, entry.IngestMicros) is not { } subject)
            return;
        string other = OtherCase(subject, acted);
        ProcedureFold.Apply(subject, acted, entry.Index, entry.LeafBytes.Span);
        if (acted.Clocks.Count > 0)
            _clocks.Moved(subject.CaseId, entry.Index);
        if (other.Length > 0 && _cases.Change(other, entry.IngestMicros) is { } linked)
            ProcedureFold.ApplyLinked(linked, acted, entry.Index);
    }

    private void Reach(ProjectedEntry entry, ClockReached reached)
    {
        if (entry.Leaf.Origin != LeafOrigin.Ledger || _cases.Change(reached.CaseId, entry.IngestMicros) is not { } subject)
            return;
        ClockFold.Apply(subject, reached);
        _clocks.Moved(subject.CaseId, entry.Index);
    }

    private void Recompute(ProjectedEntry entry, ClocksRecomputed recomputed)
    {
        if (entry.Leaf.Origin != LeafOrigin.Ledger)
            return;
        foreach (RecomputedClock clock in recomputed.Clocks)
        {
            if (_cases.Change(clock.CaseId, entry.IngestMicros) is not { } subject)
                continue;
            ClockFold.Apply(subject, clock);
            _clocks.Moved(subject.CaseId, entry.Index);
            if (_cases.Count >= MostCasesInMemory)
                EndBatch();
        }
    }

    private static string OtherCase(ProcedureCase subject, ProcedureActed acted) => acted.Act.Kind switch
    {
        ProcedureActKind.Merge or ProcedureActKind.Split => acted.Act.LinkedCase?.CaseId ?? "",
        ProcedureActKind.UndoMerge => subject.Links.LastOrDefault(link => link is { Kind: CaseLinkKind.MergedInto, Undone: false })?.OtherCaseId ?? "",
        _ => "",
    };

    // Acts that were lawfully deleted still count as versions: the sequencer remembers them.
    private void Advance(ProjectedEntry entry, Erased erased)
    {
        foreach (StreamAdvance advance in erased.Advances.Where(advance => CaseStream.IsCase(advance.Stream)))
        {
            if (_cases.Change(CaseStream.CaseOf(advance.Stream), entry.IngestMicros) is not { } subject)
                continue;
            if (advance.Stream.EndsWith("/lifecycle", StringComparison.Ordinal))
                subject.LifecycleVersion += advance.Count;
            else if (advance.Stream.EndsWith("/evidence", StringComparison.Ordinal))
                subject.EvidenceVersion += advance.Count;
            else
                subject.ClockVersion += advance.Count;
        }
    }
}
