namespace EdgeEnforcement.Detection.Judging;

/// Whether a rule may judge a reading at all. The data flag is law: only N (正常) makes a violation; where none was sent nobody has said
/// that the value is good, and it can warn at most.
internal static class Usability
{
    /// Null: it may be judged. Else why not, in words.
    public static string? WhyNot(Rule rule, in Observation reading)
    {
        var quality = reading.Reading.Quality;
        if (quality.Length == 0 ? rule.Effect == RuleEffect.Violation : quality != "N")
            return quality.Length == 0 ? "未带数据标记" : $"数据标记 {quality}（{NameOf(quality)}）";
        foreach (var measure in rule.Terms.Measures)
        {
            if (measure.Factor != reading.Reading.Factor || measure.Period != reading.Period)
                continue;
            if (measure.Unit != reading.Reading.Unit)
                return $"单位为 {reading.Reading.Unit}，规则 {rule.Id} 为 {measure.Unit}";
            if (reading.Pick(measure.Value) is null)
                return measure.Value == ValueChoice.Converted ? "没有折算值" : "没有可读的数值";
        }
        return null;
    }

    // HJ 212-2017 table 8.
    private static string NameOf(string quality) => quality switch
    {
        "F" => "停运",
        "M" => "维护",
        "S" => "手工输入",
        "D" => "故障",
        "C" => "校准",
        "T" => "超测量上限",
        "B" => "通讯异常",
        _ => "未知",
    };
}
