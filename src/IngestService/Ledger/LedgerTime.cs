namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>Ingest time as the leaf carries it: microseconds since the Unix epoch.</summary>
internal static class LedgerTime
{
    public static long Microseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
