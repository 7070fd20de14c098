using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.States;
using EdgeEnforcement.Evidence;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.Detection.Storm;

/// One alert in the place of many: first, last, how many. Key is its name within storm control.
internal sealed record ParentKey(string Rule, string Source, string Target)
{
    public bool IsStorm => Rule == BuiltInRules.Storm;
}

internal sealed class ParentEpisode(ParentKey key, DateTimeOffset start)
{
    private uint _told;
    private DateTimeOffset _toldAt = start;

    public ParentKey Key { get; } = key;

    public string Id { get; } = EpisodeId.Derive(key.Source, key.Rule, key.Target, start);

    public DateTimeOffset Start { get; } = start;

    public DateTimeOffset Last { get; private set; } = start;

    public uint Count { get; private set; }

    public void Add(DateTimeOffset at)
    {
        Count++;
        Last = at > Last ? at : Last;
    }

    /// Once a minute, while the number grows.
    public bool IsDue(DateTimeOffset now) => Count != _told && now - _toldAt >= TimeSpan.FromMinutes(1);

    public Decision Tell(EpisodePhase phase, RuleSet rules, DateTimeOffset at)
    {
        (_told, _toldAt) = (Count, at);
        var words = Words(rules);
        var alert = new FieldAlert
        {
            EpisodeId = Id,
            Phase = phase,
            Kind = Key.Rule == BuiltInRules.Basin ? AlertKind.Hazard : AlertKind.Device,
            Severity = Key.IsStorm ? AlertSeverity.Warning : AlertSeverity.Serious,
            Rule = Key.Rule,
            RuleVersion = rules.Version,
            Target = Key.Target,
            Title = words,
            EpisodeStart = Timestamp.FromDateTimeOffset(Start),
            ObservedAt = Timestamp.FromDateTimeOffset(Last),
            Count = Count,
            OccurrencesRolledUp = Count,
            Basis = new AlertBasis
            {
                RuleSetSha256 = ByteString.CopyFrom(rules.Sha256.ToArray()),
                RuleSetVersion = rules.Version,
                RuleSource = "storm",
                Explanation = $"{words}；自 {Time(Start)} 至 {Time(Last)}，合并 {Count.ToString(CultureInfo.InvariantCulture)} 条。",
            },
        };
        alert.Description = alert.Basis.Explanation;
        return new Decision(Key.Source, alert, RuleKind.None, AlertCategory.Device);
    }

    private string Words(RuleSet rules) => Key.Rule switch
    {
        BuiltInRules.GatewaySilent => $"网关 {Key.Source} 失联，其下站点数据中断",
        BuiltInRules.Basin => $"流域 {Key.Target} 多站水情告警（暴雨模式）",
        _ => Key.Target.Length > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Key.Source} 的 {Key.Target} 类告警超过每分钟 {rules.Storm.PerDeviceAndKind} 条")
            : string.Create(CultureInfo.InvariantCulture, $"{Key.Source} 的告警超过每分钟 {rules.Storm.PerGateway} 条"),
    };

    private static string Time(DateTimeOffset at) => at.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public OpenEpisode Open(RuleSet rules) => new(Id, Key.Source, Key.Rule, Words(rules), Start, Count, Retrospective: false);

    public void Write(StateWriter to)
    {
        to.Text(Key.Rule);
        to.Text(Key.Source);
        to.Text(Key.Target);
        to.Time(Start);
        to.Time(Last);
        to.Number((long)Count);
        to.Number((long)_told);
        to.Time(_toldAt);
    }

    public static ParentEpisode Read(StateReader from) => new(new ParentKey(from.Text(), from.Text(), from.Text()), from.Time())
    {
        Last = from.Time(),
        Count = (uint)from.Signed(),
        _told = (uint)from.Signed(),
        _toldAt = from.Time(),
    };
}
