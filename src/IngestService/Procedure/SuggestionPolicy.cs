using System.Globalization;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>Why another case may belong to this one. A suggestion is never acted on by itself: a person merges, splits, or leaves it.</summary>
internal static class SuggestionPolicy
{
    private const double NearM = 200;
    private const double EarthM = 6_371_000;

    private static readonly TimeSpan Window = TimeSpan.FromHours(72);

    /// <summary>Empty: none. Time alone is no reason.</summary>
    public static IReadOnlyList<string> Reasons(ProcedureCase one, ProcedureCase other)
    {
        List<string> reasons = [];
        if (one.Filing?.ObjectId is { Length: > 0 } party && other.Filing?.ObjectId == party)
            reasons.Add("同一执法对象");
        if (one.Place.Length > 0 && one.Place == other.Place)
            reasons.Add($"同一地点：{one.Place}");
        else if (DistanceM(one, other) is { } metres && metres <= NearM)
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"相距 {metres:F0} 米"));
        if (one.LeadId.Length > 0 && one.LeadId == other.LeadId)
            reasons.Add("同一线索");
        TimeSpan apart = (Instants.Of(one.OpenedAt) - Instants.Of(other.OpenedAt)).Duration();
        if (reasons.Count > 0 && apart <= Window)
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"登记时间相差 {Math.Ceiling(apart.TotalHours):F0} 小时"));
        return reasons;
    }

    private static double? DistanceM(ProcedureCase one, ProcedureCase other)
    {
        if ((one.Latitude == 0 && one.Longitude == 0) || (other.Latitude == 0 && other.Longitude == 0))
            return null;
        double north = (other.Latitude - one.Latitude) * Math.PI / 180;
        double east = (other.Longitude - one.Longitude) * Math.PI / 180 * Math.Cos(one.Latitude * Math.PI / 180);
        return EarthM * Math.Sqrt((north * north) + (east * east));
    }
}
