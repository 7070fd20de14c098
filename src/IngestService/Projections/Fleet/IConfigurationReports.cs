using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

/// <summary>What agents run with, by their own word.</summary>
internal interface IConfigurationReports
{
    /// <summary>Newest first.</summary>
    IReadOnlyList<ConfigurationReportRow> Of(string producer, int count);

    /// <summary>By the newest status; no time where there was none.</summary>
    (ulong Entry, Timestamp? Time) StatusOf(string producer);
}
