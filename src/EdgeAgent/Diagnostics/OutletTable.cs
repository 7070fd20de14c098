using System.Globalization;
using EdgeEnforcement.EdgeAgent.Sources.Hj212;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;
using Spectre.Console;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// The HJ 212 stations as a table for a terminal and as lines for a pipe. Times are those of China, as the stations send them.
internal static class OutletTable
{
    // Of more, those that are silent come first; a pipe gets them all.
    private const int MostRows = 40;

    public static Table Render(IReadOnlyList<OutletSnapshot> outlets, StatusWords words)
    {
        var shown = outlets.Count <= MostRows ? outlets : [.. outlets.OrderBy(o => o.Remote.Length > 0).Take(MostRows)];
        var silent = outlets.Count(o => o.Remote.Length == 0);
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape(words.Outlets))
            .Caption(Markup.Escape($"{shown.Count}/{outlets.Count} {words.Shown}  {silent} {words.NotConnected}"));
        foreach (var column in new[] { words.Station, "MN", words.Link, words.Newest, words.Quality, words.Recall, words.Clock })
            table.AddColumn(column);
        foreach (var outlet in shown)
            table.AddRow(
                Markup.Escape(outlet.IsListed ? outlet.Name : words.NotListed),
                Markup.Escape(outlet.Mn),
                Link(outlet, words),
                Markup.Escape(Newest(outlet, words)),
                outlet.Quality is "" or "N" ? outlet.Quality : $"[yellow]{Markup.Escape(outlet.Quality)}[/]",
                Markup.Escape(outlet.Recall),
                outlet.ClockOffsetSeconds is { } offset ? offset.ToString("+0;-0;0", CultureInfo.InvariantCulture) + " s" : "");
        return table;
    }

    public static IEnumerable<string> Lines(IReadOnlyList<OutletSnapshot> outlets) => outlets.Select(o =>
        FormattableString.Invariant($"outlet mn={o.Mn} name=\"{o.Name}\" listed={(o.IsListed ? "yes" : "no")} remote=\"{o.Remote}\" heard={Time(o.HeardAt)}")
        + string.Concat(o.Newest.Select(n => $" {n.Key}={Time(n.Value)}"))
        + FormattableString.Invariant($" flags=\"{o.Quality}\" recall=\"{o.Recall}\" clock_offset={(o.ClockOffsetSeconds is { } s ? s.ToString("F1", CultureInfo.InvariantCulture) : "-")}"));

    private static string Link(OutletSnapshot outlet, StatusWords words) =>
        outlet.Remote.Length > 0 ? Markup.Escape($"{words.ConnectedFrom} {outlet.Remote}")
        : outlet.HeardAt is { } heard ? $"[red]{Markup.Escape($"{words.SilentSince} {Hj212Time.Show(heard)}")}[/]"
        : $"[grey]{Markup.Escape(words.NeverHeard)}[/]";

    // The newest of real-time values tells that it speaks; what is judged are the periods.
    private static string Newest(OutletSnapshot outlet, StatusWords words) =>
        string.Join("  ", outlet.Newest.OrderByDescending(n => n.Value).Take(2).Select(n => $"{words.NameOf(n.Key)} {Hj212Time.Show(n.Value)}"));

    private static string Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";
}
