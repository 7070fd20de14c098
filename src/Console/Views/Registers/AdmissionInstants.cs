using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Localization;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>
/// The instants at which a device's admission can change: where a version begins or ends, where something happened to it, where a verification
/// begins or runs out. Between two of them the guard's answer is one and the same, so a band over a year is exact with a few dozen questions.
/// </summary>
public static class AdmissionInstants
{
    /// <summary>The most that are asked for one picture; the latest are kept.</summary>
    public const int Most = 80;

    public static IReadOnlyList<DateTimeOffset> Of(SubjectDetail device, SubjectDetail? admission, DateTimeOffset begin, DateTimeOffset end)
    {
        var versions = device.Versions.Concat(admission?.Versions ?? []);
        var instants = versions.SelectMany(version => new[] { version.From, version.Until })
            .Concat(device.Marks.Select(mark => mark.At)).OfType<Timestamp>().Select(at => at.ToDateTimeOffset())
            .Concat(device.Versions.SelectMany(version => version.Change.Device?.Verifications ?? []).SelectMany(Days))
            .Where(at => at > begin && at < end).Distinct().Order().ToList();
        return [begin, .. instants.TakeLast(Most - 1)];
    }

    private static IEnumerable<DateTimeOffset> Days(VerificationCertificate certificate)
    {
        if (Figures.TryDay(certificate.FromDay, out var first))
            yield return Begin(first);
        if (Figures.TryDay(certificate.ThroughDay, out var last))
            yield return Begin(last.AddDays(1)); // it counts to 24:00 of its last day
    }

    private static DateTimeOffset Begin(DateOnly day) => Figures.FromCivil(day.ToDateTime(TimeOnly.MinValue)).ToDateTimeOffset();
}
