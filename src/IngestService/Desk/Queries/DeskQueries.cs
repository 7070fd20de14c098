namespace EdgeEnforcement.IngestService.Desk.Queries;

/// <summary>All that the desk can be asked.</summary>
internal sealed record DeskQueries(
    DutyBoardQuery DutyBoard, AlertQuery Alerts, SampleQuery Sample, CaseQuery Cases, MediaQuery Media, ErasureQuery Erasures, FleetQuery Fleet,
    StationQuery Stations, SeriesQuery Series);
