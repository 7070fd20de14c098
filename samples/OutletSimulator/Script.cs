namespace EdgeEnforcement.OutletSimulator;

/// <summary>Incidents planned in a file: one KIND@STATION+SECONDS a line. Empty lines, and what follows a #, are for people.</summary>
internal static class Script
{
    /// <exception cref="FormatException">Names every line that is wrong, with its number and reason.</exception>
    public static IReadOnlyList<Incident> Parse(IEnumerable<string> lines, DateTimeOffset now, double speed)
    {
        var (incidents, errors) = (new List<Incident>(), new List<string>());
        foreach (var (index, line) in lines.Index())
            try
            {
                if (line.Split('#', 2)[0].Trim() is { Length: > 0 } text)
                    incidents.Add(Incident.Parse(text, now, speed));
            }
            catch (FormatException e)
            {
                errors.Add(FormattableString.Invariant($"line {index + 1}: {e.Message}"));
            }
        return errors.Count == 0 ? incidents : throw new FormatException(string.Join(Environment.NewLine, errors));
    }
}
