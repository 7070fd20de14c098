using System.Globalization;

namespace EdgeEnforcement.IngestService.Projections.CaseBoard;

/// <summary>What a timeline is about.</summary>
internal readonly record struct TimelineSubject(string Key)
{
    public static TimelineSubject Alert(string alertId) => new("alert/" + alertId);

    public static TimelineSubject Case(string caseId) => new("case/" + caseId);

    public static TimelineSubject Media(ulong manifestIndex) =>
        new("media/" + manifestIndex.ToString(CultureInfo.InvariantCulture));
}
