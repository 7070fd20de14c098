namespace EdgeEnforcement.IngestService.Ledger.Append;

internal enum SequenceStanding
{
    New,
    Taken,
    OneGapTooMany,
}
