using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Inspections;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Inspection tasks as their acts fold, one row each. Its schema is procedure_inspections.sql. Called with operators' facts only.</summary>
internal sealed class InspectionTable(StatementSet statements, EvidenceTable evidence)
{
    private readonly SqliteStatement _find = statements.Prepare("SELECT body FROM inspection WHERE inspection_id = $1");
    private readonly SqliteStatement _write = statements.Prepare("INSERT OR REPLACE INTO inspection VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    private readonly SqliteStatement _officer = statements.Prepare("INSERT OR IGNORE INTO inspection_officer VALUES ($1, $2)");
    private readonly SqliteStatement _link = statements.Prepare("INSERT OR IGNORE INTO inspection_recording VALUES ($1, $2)");
    private readonly SqliteStatement _unlink = statements.Prepare("DELETE FROM inspection_recording WHERE manifest_index = $1 AND inspection_id = $2");
    private readonly SqliteStatement _linked = statements.Prepare("SELECT inspection_id FROM inspection_recording WHERE manifest_index = $1 ORDER BY inspection_id");

    public void Apply(ProjectedEntry entry, Record record)
    {
        if (record.InspectionActed is { } acted)
            Act(entry, acted);
        else if (record.CaseOpened is { Source.InspectionId: { Length: > 0 } id } opened && Find(id) is { } inspection)
        {
            InspectionFold.Opened(inspection, opened, entry.Index, Micros.ToTimestamp(entry.IngestMicros));
            Write(inspection);
        }
    }

    /// <summary>Whether the stored file had its hash when it was last read.</summary>
    public void Verified(ulong manifestIndex, bool holds)
    {
        foreach (Inspection inspection in _linked.Query(row => row.GetString(0), manifestIndex).Select(Find).OfType<Inspection>())
        {
            foreach (InspectionMedia recording in inspection.Recordings.Where(recording => recording.Source.EntryIndex == manifestIndex))
                recording.Source.Verified = holds;
            Write(inspection);
        }
    }

    private void Act(ProjectedEntry entry, InspectionActed acted)
    {
        Inspection? subject = Find(acted.InspectionId);
        bool isPlan = acted.Act.Kind == InspectionActKind.Plan;
        if (isPlan != subject is null)
            return; // the sequencer lets an inspection begin once
        subject ??= new Inspection();
        ulong manifest = acted.Act.Recording?.ManifestIndex ?? 0;
        InspectionFold.Apply(subject, acted, entry.Index, acted.Act.Kind == InspectionActKind.LinkRecording ? evidence.Find(manifest) : null);
        if (acted.Act.Kind == InspectionActKind.LinkRecording)
            _link.Run(manifest, subject.InspectionId);
        else if (acted.Act.Kind == InspectionActKind.UnlinkRecording)
            _unlink.Run(manifest, subject.InspectionId);
        Write(subject);
        foreach (string officer in isPlan ? subject.Plan.OfficerIds : acted.Act.Start?.OfficerIds ?? [])
            _officer.Run(officer, subject.PlannedEntry);
    }

    private Inspection? Find(string inspectionId) => _find.QueryOne(row => Inspection.Parser.ParseFrom(row.GetFieldValue<byte[]>(0)), inspectionId);

    private void Write(Inspection subject)
    {
        InspectionNumber number = InspectionNumber.Parse(subject.Plan.UnitId, subject.InspectionId);
        _write.Run(subject.InspectionId, subject.PlannedEntry, subject.Plan.UnitId, number.Year, number.Ordinal, subject.State, subject.Plan.ObjectId,
            Micros.Of(subject.StartedAt), (ReadOnlyMemory<byte>)subject.ToByteArray());
    }
}
