using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Desk.Queries;

/// <summary>What the field said of an alert, read from the entry that a fact names as its cause: the basis is kept in one place.</summary>
internal sealed class FieldReports(ILedgerReader reader)
{
    /// <summary>Null when erased, or no field alert.</summary>
    public AlertReport? Find(ulong? entryIndex)
    {
        if (entryIndex is not { } index || index >= reader.DurableSize)
            return null;
        ProjectedEntry entry = EntryDecoder.Decode(reader.Read(new EntryIndex(index)), type => type == Record.BodyOneofCase.FieldAlert);
        return entry.Record?.FieldAlert is not { } alert
            ? null
            : new AlertReport { EntryIndex = index, Alert = alert, IngestTime = SqliteColumns.ToTimestamp(entry.IngestMicros) };
    }

    /// <summary>The centre's word on a report; null when erased.</summary>
    public AlertRecomputed? Recomputed(ulong? entryIndex) => entryIndex is { } index && index < reader.DurableSize
        ? EntryDecoder.Decode(reader.Read(new EntryIndex(index)), type => type == Record.BodyOneofCase.AlertRecomputed).Record?.AlertRecomputed
        : null;
}
