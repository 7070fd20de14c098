using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Desk.Registers;

/// <summary>Who and what has no certificate beyond a day: the one that counts longest is looked at.</summary>
internal static class LapsingRows
{
    public static IEnumerable<LapsingRow> Of(RegisterBook book, RegisterAsOf asOf, DateOnly through)
    {
        foreach (string id in book.IdsOf(RegisterKind.Officer))
        {
            if (book.InForce(RegisterKind.Officer, id, asOf) is { } version && Row(version, asOf, through) is { } row)
            {
                (row.Name, row.UnitId) = (version.Change.Officer.Name, version.Change.Officer.Assignments.LastOrDefault()?.UnitId ?? "");
                yield return row;
            }
        }

        foreach (string id in book.IdsOf(RegisterKind.Device))
        {
            if (book.InForce(RegisterKind.Device, id, asOf) is { } version && Row(version, asOf, through) is { } row)
            {
                (row.Name, row.UnitId) = (version.Change.Device.Serial, version.Change.Device.UnitId);
                yield return row;
            }
        }
    }

    /// <summary>Whether the one that counts longest ends on or before a day; who has none does not lapse.</summary>
    public static bool Lapses(RegisterChange change, DateOnly through) => CivilDay.TryParse(LastOf(change).ThroughDay, out DateOnly last) && last <= through;

    private static (string Number, string ThroughDay) LastOf(RegisterChange change) => change switch
    {
        { Officer: { } officer } => officer.Certificates.Select(known => (known.Number, known.ThroughDay)),
        { Device: { } device } => device.Verifications.Select(known => (known.Number, known.ThroughDay)),
        _ => [],
    } is var all && all.Any() ? all.MaxBy(known => known.ThroughDay, StringComparer.Ordinal) : ("", "");

    private static LapsingRow? Row(RegisterVersion version, RegisterAsOf asOf, DateOnly through)
    {
        if (!Lapses(version.Change, through))
            return null;
        (string number, string throughDay) = LastOf(version.Change);
        return new LapsingRow
        {
            Kind = RegisterContent.KindOf(version.Change), Id = version.Change.Id, Certificate = number, ThroughDay = throughDay,
            Lapsed = CivilDay.TryParse(throughDay, out DateOnly last) && last < asOf.Day,
        };
    }
}
