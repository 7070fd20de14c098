using System.Globalization;
using System.Text;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Detection.Judging;

/// An episode in words and numbers, for the person who has to decide and for the file: Chinese, Beijing time.
internal static class Explanation
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public static string Of(RuleContext context, Episode episode, EpisodePhase phase, bool late, string why)
    {
        var (set, rule, station) = context;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{station.Name}（{station.Mn}）");
        if (late)
            text.Append("补传数据：");
        text.Append(Finding(rule.Terms, episode));
        text.Append(CultureInfo.InvariantCulture, $"；自 {Time(episode.Start)} 至 {Time(episode.LastEnd)}");
        if (rule.Kind is not RuleKind.Missing)
            text.Append(CultureInfo.InvariantCulture, $"，计 {episode.Count} 次");
        if (rule.Hold > TimeSpan.Zero)
            text.Append(CultureInfo.InvariantCulture, $"，须持续 {Span(rule.Hold)}");
        text.Append('。');
        if (phase == EpisodePhase.Cleared)
            text.Append("过程已结束。");
        if (why.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"{why}。");
        if (episode.Maintenance.Length > 0 && set.MaintenanceAt(station.Mn, episode.Start) is { } window)
            text.Append(CultureInfo.InvariantCulture, $"在计划检修时段内（{window.Reason}，批准人 {window.ApprovedBy}，{Time(window.From)} 至 {Time(window.To)}），作设备状态记录。");
        text.Append(CultureInfo.InvariantCulture, $"依据：{rule.Source}。规则 {rule.Id}@{set.Version}。");
        return text.ToString();
    }

    private static string Finding(RuleTerms terms, Episode e) => terms switch
    {
        RuleTerms.Threshold t => Beyond(t.Measure, t.Limit, e.Worst),
        RuleTerms.Periods t => string.Create(CultureInfo.InvariantCulture, $"最近 {t.Of} 个数据中至少 {t.Breaches} 个超限，{Beyond(t.Measure, t.Limit, e.Worst)}"),
        RuleTerms.Backfill t => string.Create(CultureInfo.InvariantCulture, $"中断 {Span(t.Outage)} 以上之后补传的数据超限，{Beyond(t.Measure, t.Limit, e.Worst)}"),
        RuleTerms.Rate t => string.Create(
            CultureInfo.InvariantCulture,
            $"{Name(t.Measure)}变化率 {Number(e.Worst)} {t.Measure.Unit}/{Span(t.Per)}，{Against(t.Limit, $"{t.Measure.Unit}/{Span(t.Per)}", e.Worst)}"),
        RuleTerms.Stuck t => string.Create(CultureInfo.InvariantCulture, $"{Name(t.Measure)}连续 {Number(e.Worst)} 个数据不变（规则 {t.Count} 个）"),
        RuleTerms.Missing t => string.Create(
            CultureInfo.InvariantCulture, $"{(t.Factor.Length > 0 ? $"{t.Factor} {NameOf(t.Period)}" : "全部数据")}中断 {Number(e.Worst)} 分钟（规则 {Number(t.After.TotalMinutes)} 分钟）"),
        RuleTerms.Tamper => "监测设备状态变动（箱门、位移、更换仪器或身份）",
        RuleTerms.Quality t => $"{Name(t.Measure)}不可用于判定",
        RuleTerms.Combined t => string.Create(
            CultureInfo.InvariantCulture,
            $"{(t.All ? "同时" : "任一")}满足：{string.Join("，", t.Conditions.Select(c => $"{Name(c.Measure)} {Symbol(c.Limit)} {c.Measure.Unit}"))}"),
        _ => throw new InvalidOperationException($"No words for {terms.GetType().Name}."),
    };

    private static string Beyond(Measure measure, Limit limit, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"{Name(measure)} {Number(value)} {measure.Unit}，{Against(limit, measure.Unit, value)}");

    private static string Against(Limit limit, string unit, double value)
    {
        if (limit.Comparison == Comparison.Outside)
            return string.Create(CultureInfo.InvariantCulture, $"超出范围 {Number(limit.Level)} 至 {Number(limit.Upper)} {unit}");
        var word = limit.Comparison == Comparison.Above ? "高于" : "低于";
        var share = limit.Level == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"（{Math.Abs(value - limit.Level) / Math.Abs(limit.Level) * 100:0.#} %）");
        return string.Create(CultureInfo.InvariantCulture, $"{word}限值 {Number(limit.Level)} {unit}{share}");
    }

    private static string Symbol(Limit limit) => limit.Comparison switch
    {
        Comparison.Above => "> " + Number(limit.Level),
        Comparison.Below => "< " + Number(limit.Level),
        _ => $"不在 {Number(limit.Level)} 至 {Number(limit.Upper)}",
    };

    private static string Name(Measure m) => $"{m.FactorName}（{m.Factor}）{NameOf(m.Period)}" + m.Value switch
    {
        ValueChoice.Converted => "折算值",
        ValueChoice.Minimum => "最小值",
        ValueChoice.Maximum => "最大值",
        ValueChoice.Total => "累计值",
        _ => m.Period == ReadingKind.RealTime ? "" : "均值",
    };

    public static string NameOf(ReadingKind period) => period switch
    {
        ReadingKind.RealTime => "实时数据",
        ReadingKind.Minute => "分钟",
        ReadingKind.Hour => "小时",
        ReadingKind.Day => "日",
        _ => "",
    };

    // Up to nine digits that mean something: what the instrument sent, not what binary made of it.
    private static string Number(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.ToOffset(Beijing).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Span(TimeSpan span) =>
        span.Ticks % TimeSpan.TicksPerHour == 0 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalHours:0} 小时")
        : span.Ticks % TimeSpan.TicksPerMinute == 0 ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} 分钟")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} 秒");
}
