using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>Where a record lies, by its identity. Beside the live sequencer; may read a whole segment.</summary>
internal interface IRecordPlaces
{
    /// <summary>
    /// Null: no entry has this identity. What is found never changes; it may not be durable yet, so who decides "as of entry n" compares.
    /// Conflict entries stand for nothing.
    /// </summary>
    EntryIndex? Find(RecordIdentity identity);
}
