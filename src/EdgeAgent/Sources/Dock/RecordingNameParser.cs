using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeEnforcement.EdgeAgent.Media.Catalog;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// Names to facts by an ordered list of profiles: the first that matches wins. Pure after construction.
internal sealed class RecordingNameParser
{
    // A name comes from a foreign disk and the pattern from a configuration file: neither may hold a bay for long.
    private static readonly TimeSpan MatchLimit = TimeSpan.FromMilliseconds(200);

    private readonly (NameProfile Profile, Regex Pattern, TimeZoneInfo Zone)[] _profiles;

    public RecordingNameParser(NamingProfiles profiles)
    {
        Profiles = profiles;
        _profiles = [.. profiles.Profiles.Select(p => (
            p,
            new Regex(p.Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, MatchLimit),
            TimeZoneInfo.FindSystemTimeZoneById(p.TimeZone)))];
    }

    public NamingProfiles Profiles { get; }

    /// From a file, or the embedded default if none is named.
    public static RecordingNameParser Load(string? file)
    {
        using var stream = string.IsNullOrEmpty(file)
            ? typeof(RecordingNameParser).Assembly.GetManifestResourceStream("naming.json")
                ?? throw new InvalidOperationException("The embedded naming profiles are missing.")
            : File.OpenRead(file);
        return new RecordingNameParser(
            JsonSerializer.Deserialize<NamingProfiles>(stream) ?? throw new JsonException("The naming profiles are empty."));
    }

    public RecordingName Parse(string fileName)
    {
        foreach (var (profile, pattern, zone) in _profiles)
            if (Matches(pattern, fileName) is { } match)
                return new RecordingName(
                    profile.Name,
                    match.Groups["serial"].Value,
                    match.Groups["officer"].Value,
                    ParseTime(match.Groups["time"].Value, profile.TimeFormat, zone),
                    match.Groups["sequence"].Value,
                    match.Groups["important"].Success);
        return RecordingName.Unknown;
    }

    public bool IsDefaultSerial(string serial) =>
        Profiles.DefaultSerials.Contains(serial, StringComparer.OrdinalIgnoreCase);

    private static Match? Matches(Regex pattern, string fileName)
    {
        try
        {
            return pattern.Match(fileName) is { Success: true } match ? match : null;
        }
        catch (RegexMatchTimeoutException)
        {
            // The name is then known to no profile; the file is taken all the same.
            return null;
        }
    }

    /// A name that matches with digits that are no time (month 13, year 1) keeps its serial and loses its time.
    internal static DateTimeOffset? ParseTime(string text, string format, TimeZoneInfo zone)
    {
        if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return null;
        // In UTC first: the first hours of year 1 have no instant east of Greenwich.
        return PlausibleTime.OrNone(new DateTimeOffset(local, TimeSpan.Zero)) is null ? null : new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
