using EdgeEnforcement.EdgeAgent.Media.Catalog;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// A file of a docked recorder, over the scans.
internal sealed class BayFile(DiskFile first, DateTimeOffset now)
{
    public DiskFile Listed { get; private set; } = first;

    public FileStage Stage { get; private set; }

    public CatalogEntry? Entry { get; private set; }

    /// How many scans showed this size and time.
    public int EqualScans { get; private set; } = 1;

    public DateTimeOffset EqualSince { get; private set; } = now;

    /// Faults told already, so that a file that cannot be read does not fill the ledger with its name.
    public string LastFault { get; set; } = "";

    public void Observe(DiskFile listed, DateTimeOffset now)
    {
        if (listed == Listed)
        {
            EqualScans++;
            return;
        }
        Listed = listed;
        Retry(now);
    }

    /// It changed or could not be read: it has to be still again first.
    public void Retry(DateTimeOffset now)
    {
        Stage = FileStage.Waiting;
        EqualScans = 1;
        EqualSince = now;
    }

    public void Taken(CatalogEntry entry)
    {
        Stage = FileStage.Copied;
        Entry = entry;
    }

    public void Refused() => Stage = FileStage.Refused;
}
