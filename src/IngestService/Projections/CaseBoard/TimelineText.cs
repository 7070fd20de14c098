using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.Reflection;

namespace EdgeEnforcement.IngestService.Projections.CaseBoard;

/// <summary>One line of values; the console words them.</summary>
internal static class TimelineText
{
    public static string Of(AlertOpened opened) => Join(opened.Title, opened.Place, opened.SourceDevice);

    public static string Of(AlertUpdated updated) => Join(
        Name(AlertReflection.Descriptor, "EpisodePhase", (int)updated.Phase, "EPISODE_PHASE_"),
        updated.Count.ToString(CultureInfo.InvariantCulture), updated.WorstValue.ToString(CultureInfo.InvariantCulture));

    public static string Of(AlertRecomputed recomputed) => Join(
    [
        Name(FactReflection.Descriptor, "RecomputeOutcome", (int)recomputed.Outcome, "RECOMPUTE_OUTCOME_"),
        .. recomputed.Obstacles.Select(obstacle => Name(FactReflection.Descriptor, "RecomputeObstacle", (int)obstacle, "RECOMPUTE_OBSTACLE_")),
        .. recomputed.Differences.Select(difference => $"{difference.Name}: {difference.Stated} ≠ {difference.Recomputed}"),
    ]);

    public static string Of(AlertClosed closed) => Join(
        Name(FactReflection.Descriptor, "CloseReason", (int)closed.Reason, "CLOSE_REASON_"), closed.Remark);

    public static string Of(AlertOverdue overdue) => Join(
        overdue.DueAt?.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "");

    public static string Of(AlertSampled sampled) => Join(
        "#" + sampled.ClosingEntry.ToString(CultureInfo.InvariantCulture), sampled.Agrees ? "✓" : "✗", sampled.Reason);

    public static string Of(LeadRegistered lead) => Join(lead.Number, lead.Reason);

    public static string Of(CaseOpened opened) => Join(opened.Number, opened.Title);

    public static string Of(MediaManifest manifest) => Join(manifest.Recorder, manifest.OriginalPath);

    public static string Of(MediaLabel label) => Join(label.LabelKind, label.Number, label.Remark);

    public static string Of(MediaStored stored) => Join(
        stored.SizeBytes.ToString(CultureInfo.InvariantCulture), Convert.ToHexStringLower(stored.Sha256.Span));

    public static string Of(EvidenceChecked check) => Join(
        "#" + check.ManifestIndex.ToString(CultureInfo.InvariantCulture), check.Finding);

    public static string Of(Erased erased) => Join(erased.ErasureId, erased.Article, erased.Reason);

    private static string Join(params ReadOnlySpan<string> values)
    {
        List<string> present = [];
        foreach (string value in values)
        {
            if (value.Length > 0)
                present.Add(value);
        }

        return string.Join(" · ", present);
    }

    // The name in the contract, not the C# one: FALSE_ALARM.
    private static string Name(FileDescriptor file, string enumName, int number, string prefix)
    {
        string? name = file.FindTypeByName<EnumDescriptor>(enumName)?.FindValueByNumber(number)?.Name;
        return name?[prefix.Length..] ?? number.ToString(CultureInfo.InvariantCulture);
    }
}
