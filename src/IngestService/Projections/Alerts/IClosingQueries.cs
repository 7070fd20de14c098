using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Projections.Alerts;

/// <summary>Closings of alerts, and those of them that the supervisor looks at.</summary>
internal interface IClosingQueries
{
    /// <summary>The sample, newest first, below an entry; on wish only what nobody said a word on.</summary>
    IReadOnlyList<ClosingRow> Sample(ulong before, int count, bool waitingOnly);

    ulong CountWaiting();

    /// <summary>In the sample or not.</summary>
    ClosingRow? Find(ulong entry);

    bool IsNewest(ulong entry, string alertId);
}
