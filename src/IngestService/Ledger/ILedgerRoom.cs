using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>
/// Whether there is room for one more record of a class. Asked by the sequencer, and only for what is new: what the ledger holds already
/// is answered with its receipt however full the disk is, because that receipt is what lets the sender free his. The service's own
/// facts and operators' acts are never asked about.
/// </summary>
internal interface ILedgerRoom
{
    /// <summary>Null while there is. Answers from memory, on any thread.</summary>
    RefusalDetail? WhyNot(RecordClass recordClass);
}
