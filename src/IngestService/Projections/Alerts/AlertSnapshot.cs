using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Projections.Alerts;

/// <summary>An alert at one version: what an act is decided on.</summary>
internal sealed record AlertSnapshot(
    string AlertId, AlertKind Kind, AlertState State, ulong Version, string LeadId, string CaseId)
{
    /// <summary>When it was made a lead; null: it is none.</summary>
    public Timestamp? LeadAt { get; init; }

    /// <summary>The report that opened it, as an item of evidence; null: it is the clerk's own, of no device.</summary>
    public EvidenceSource? Report { get; init; }
}
