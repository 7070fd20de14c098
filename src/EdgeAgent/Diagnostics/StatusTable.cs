using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// The station's state as a table for a terminal and as lines for a pipe.
internal static class StatusTable
{
    /// <param name="rates">One text per bay, for a view that has seen more than one moment.</param>
    public static IRenderable Render(AgentSnapshot snapshot, StatusWords words, IReadOnlyList<string>? rates = null)
    {
        var tables = new List<IRenderable> { Bays(snapshot, words, rates) };
        if (snapshot.Outlets is { Count: > 0 } outlets)
            tables.Add(OutletTable.Render(outlets, words));
        if (snapshot.Detection is { } detection)
            tables.Add(DetectionTable.Render(detection, words));
        return new Rows(tables);
    }

    private static Table Bays(AgentSnapshot snapshot, StatusWords words, IReadOnlyList<string>? rates)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .Title(Markup.Escape($"{snapshot.Producer}  {words.Epoch} {snapshot.Epoch}  {Short(snapshot.Uplink)}"))
            .Caption(Markup.Escape(Summary(snapshot, words)));
        // Columns first: a table with rows takes no more of them.
        string[] columns = [words.Bay, words.State, words.Recorder, words.Files, words.Bytes, .. rates is null ? Array.Empty<string>() : [words.Rate], words.Remark];
        foreach (var column in columns)
            table.AddColumn(column);
        foreach (var (index, bay) in snapshot.Bays.Index())
            table.AddRow([
                bay.Bay.ToString(CultureInfo.InvariantCulture),
                Colour(bay.State, words),
                Markup.Escape(bay.Recorder),
                FormattableString.Invariant($"{bay.FilesDone}/{bay.FilesTotal}"),
                Bytes(bay.BytesDone, bay.BytesTotal),
                .. rates is null ? Array.Empty<string>() : [rates[index]],
                Markup.Escape(bay.Remark),
            ]);
        return table;
    }

    public static IEnumerable<string> Lines(AgentSnapshot snapshot)
    {
        yield return FormattableString.Invariant($"agent producer={snapshot.Producer} version={snapshot.Version} epoch={snapshot.Epoch} uplink=\"{snapshot.Uplink}\"");
        foreach (var c in snapshot.Classes)
            yield return FormattableString.Invariant($"class name={c.Class} last={c.Last} answered={c.Answered} unsent={c.Unsent}");
        yield return FormattableString.Invariant(
            $"station spool_bytes={snapshot.SpoolBytes} files={snapshot.FilesKnown} at_centre={snapshot.FilesAtCentre} proofs_missing={snapshot.ProofsMissing} disk_used_percent={snapshot.DiskUsedPercent:F1} disk_state={snapshot.DiskState} records_not_taken={snapshot.RecordsNotTaken}");
        if (snapshot.Configuration is { } remote)
            yield return FormattableString.Invariant($"configuration entry={remote.Entry} on_trial={remote.OnTrial} seen={remote.SeenEntry} faults={remote.Faults.Count}");
        foreach (var line in snapshot.Detection is { } detection ? DetectionTable.Lines(detection) : [])
            yield return line;
        foreach (var line in OutletTable.Lines(snapshot.Outlets ?? []))
            yield return line;
        foreach (var b in snapshot.Bays)
            yield return FormattableString.Invariant(
                $"bay number={b.Bay} state={b.State} recorder=\"{b.Recorder}\" files={b.FilesDone}/{b.FilesTotal} bytes={b.BytesDone}/{b.BytesTotal} remark=\"{b.Remark}\"");
        foreach (var (name, detail) in snapshot.Alarms)
            yield return $"alarm name={name} detail=\"{detail}\"";
    }

    // A bay with one photo would else show nothing of nothing.
    private static string Bytes(long done, long total) => total < 1_000_000
        ? FormattableString.Invariant($"{done / 1e3:F1}/{total / 1e3:F1} kB")
        : FormattableString.Invariant($"{done / 1e6:F1}/{total / 1e6:F1} MB");

    // One line of the title; the whole reason is in the log.
    private static string Short(string text) => text.Length <= 48 ? text : text[..47] + "…";

    private static string Summary(AgentSnapshot s, StatusWords words)
    {
        var text = FormattableString.Invariant(
            $"{s.Unsent} {words.Unsent}  {s.FilesAtCentre}/{s.FilesKnown} {words.AtCentre}  {s.ProofsMissing} {words.ProofsToCome}  {words.Disk} {s.DiskUsedPercent:F0} %");
        if (s.Configuration is { Entry: > 0 } remote)
            text += FormattableString.Invariant($"  {words.Configuration} {remote.Entry}") + (remote.OnTrial ? $" ({words.OnTrial})" : "");
        return s.Alarms.Count == 0 ? text : $"{text}  {words.Alarm} " + string.Join(", ", s.Alarms.Select(a => $"{a.Key}: {a.Value}"));
    }

    private static string Colour(string state, StatusWords words)
    {
        var colour = state switch
        {
            "released" => "green",
            "copied" => "blue",
            "reading" => "yellow",
            "amber" => "black on orange1",
            _ => "grey",
        };
        return $"[{colour}]{Markup.Escape(words.NameOf(state))}[/]";
    }
}
