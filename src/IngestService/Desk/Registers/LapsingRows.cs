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
            if (book.InForce(RegisterKind.Officer, id, asOf) is not { Change.Officer: { Certificates.Count: > 0 } officer })
                continue;
            EnforcementCertificate last = officer.Certificates.MaxBy(known => known.ThroughDay, StringComparer.Ordinal)!; // there is one
            if (Row(RegisterKind.Officer, id, last.Number, last.ThroughDay, asOf, through) is not { } row)
                continue;
            (row.Name, row.UnitId) = (officer.Name, officer.Assignments.LastOrDefault()?.UnitId ?? "");
            yield return row;
        }

        foreach (string id in book.IdsOf(RegisterKind.Device))
        {
            if (book.InForce(RegisterKind.Device, id, asOf) is not { Change.Device: { Verifications.Count: > 0 } device })
                continue;
            VerificationCertificate last = device.Verifications.MaxBy(known => known.ThroughDay, StringComparer.Ordinal)!; // there is one
            if (Row(RegisterKind.Device, id, last.Number, last.ThroughDay, asOf, through) is not { } row)
                continue;
            (row.Name, row.UnitId) = (device.Serial, device.UnitId);
            yield return row;
        }
    }

    private static LapsingRow? Row(RegisterKind kind, string id, string certificate, string throughDay, RegisterAsOf asOf, DateOnly through) =>
        CivilDay.TryParse(throughDay, out DateOnly last) && last <= through
            ? new LapsingRow { Kind = kind, Id = id, Certificate = certificate, ThroughDay = throughDay, Lapsed = last < asOf.Day }
            : null;
}
