using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Desk.Queries;

/// <summary>
/// What was reported of an alert, read from the entry that holds it: the front end's own, or the fact in which a rule of the centre says it.
/// The basis is kept in one place.
/// </summary>
internal sealed class FieldReports(ILedgerReader reader)
{
    /// <summary>Null when erased, or no report.</summary>
    public AlertReport? Find(ulong? entryIndex)
    {
        if (Read(entryIndex, IsReport) is not { Record: { } record } entry)
            return null;
        FieldAlert? alert = record.FieldAlert ?? record.AlertOpened?.Decision ?? record.AlertUpdated?.Decision;
        return alert is null
            ? null
            : new AlertReport { EntryIndex = entry.Index, Alert = alert, IngestTime = SqliteColumns.ToTimestamp(entry.IngestMicros) };
    }

    /// <summary>The centre's word on a report; null when erased.</summary>
    public AlertRecomputed? Recomputed(ulong? entryIndex) =>
        Read(entryIndex, type => type == Record.BodyOneofCase.AlertRecomputed)?.Record?.AlertRecomputed;

    private static bool IsReport(Record.BodyOneofCase type) =>
        type is Record.BodyOneofCase.FieldAlert or Record.BodyOneofCase.AlertOpened or Record.BodyOneofCase.AlertUpdated;

    private ProjectedEntry? Read(ulong? entryIndex, Func<Record.BodyOneofCase, bool> wants) => entryIndex is { } index && index < reader.DurableSize
        ? EntryDecoder.Decode(reader.Read(new EntryIndex(index)), wants)
        : null;
}
