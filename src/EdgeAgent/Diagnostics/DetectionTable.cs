using System.Globalization;
using EdgeEnforcement.EdgeAgent.Detection;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;
using Spectre.Console;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// What is in force, what is open, and what was refused; for a terminal and for a pipe.
internal static class DetectionTable
{
    private const int MostRows = 20;
    private const int ShortId = 12; // enough for `explain`

    public static Table Render(DetectionSnapshot detection, StatusWords words)
    {
        var inForce = detection.RuleSet.Length == 0
            ? words.NoRules
            : FormattableString.Invariant($"{detection.RuleSet} {detection.Version}  {detection.Rules} {words.Rules}");
        var table = new Table().Border(TableBorder.Rounded)
            .Title(Markup.Escape(FormattableString.Invariant($"{words.Detection}  {inForce}  {detection.OpenCount} {words.OpenEpisodes}  {detection.Held} {words.Held}")));
        if (detection.Refused.Count > 0)
            table.Caption($"[red]{Markup.Escape($"{words.Refused}: {detection.RuleFile}: {detection.Refused[0]}")}[/]");
        foreach (var column in new[] { words.Since, words.Station, words.Rule, words.Title, words.Count, words.Alert })
            table.AddColumn(column);
        foreach (var open in detection.Open.Take(MostRows))
            table.AddRow(
                Markup.Escape(Hj212Time.Show(open.Start) + (open.Retrospective ? $" {words.Retrospective}" : "")), Markup.Escape(open.Source), Markup.Escape(open.Rule),
                Markup.Escape(open.Title), open.Count.ToString(CultureInfo.InvariantCulture), Markup.Escape(open.EpisodeId[..Math.Min(ShortId, open.EpisodeId.Length)]));
        return table;
    }

    public static IEnumerable<string> Lines(DetectionSnapshot d)
    {
        yield return FormattableString.Invariant(
            $"detection rule_set=\"{d.RuleSet}\" version=\"{d.Version}\" rules={d.Rules} watches={d.Watches} unread={d.Unread} held={d.Held} decided={d.Decided} open={d.OpenCount} refused_errors={d.Refused.Count}");
        foreach (var error in d.Refused)
            yield return $"refused file=\"{d.RuleFile}\" error=\"{error}\"";
        foreach (var e in d.Open)
            yield return FormattableString.Invariant(
                $"episode id={e.EpisodeId} station={e.Source} rule={e.Rule} since={e.Start.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} count={e.Count} retrospective={(e.Retrospective ? "yes" : "no")}");
    }
}
