using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Alerts;

/// <summary>Read side of the alerts projection. Positions in lists are the entries that opened the alerts.</summary>
internal interface IAlertQueries
{
    /// <summary>Newest first, below <paramref name="before"/>; no states means all.</summary>
    IReadOnlyList<(ulong Position, AlertRow Row)> List(ulong before, int count, IReadOnlyCollection<AlertState> states);

    /// <summary>Not acknowledged, oldest first.</summary>
    IReadOnlyList<AlertRow> Unacknowledged(int count);

    ulong CountUnacknowledged();

    /// <summary>Not taken up by then, and the ledger does not say so yet; what was due first is first. Microseconds since 1970 UTC.</summary>
    IReadOnlyList<DueAlert> Due(long nowMicros, int count);

    /// <summary>Not taken up in time, as the ledger says, and not yet.</summary>
    ulong CountOverdue();

    /// <summary>Leads without a case, newest first.</summary>
    IReadOnlyList<AlertRow> OpenLeads(int count);

    ulong CountOpenLeads();

    /// <summary>Without the timeline, which is the case board's.</summary>
    AlertDetail? Find(string alertId);

    AlertRow? FindByLead(string leadId);

    /// <summary>Episodes of a device, newest first.</summary>
    IReadOnlyList<AlertEpisode> OfDevice(string sourceDevice, int count);

    AlertEpisode? Episode(string alertId);

    /// <summary>The entry with the centre's last word on how the front end decided it; null: there is none.</summary>
    ulong? Recomputation(string alertId);

    /// <summary>Alerts neither cleared nor closed, by source device.</summary>
    IReadOnlyDictionary<string, (uint Count, AlertSeverity Worst)> OpenByDevice();

    AlertSnapshot? Snapshot(string alertId);

    AlertSnapshot? SnapshotByLead(string leadId);

    /// <summary>Leads registered so far: where the search for the next number begins.</summary>
    ulong CountLeads();
}
