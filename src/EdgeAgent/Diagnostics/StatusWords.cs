namespace EdgeEnforcement.EdgeAgent.Diagnostics;

/// The words of the status tables. What a pipe gets is for programs and has one form.
internal sealed record StatusWords
{
    public static StatusWords English { get; } = new();

    public static StatusWords Chinese { get; } = new()
    {
        Bay = "采集位", State = "状态", Recorder = "记录仪", Files = "文件", Bytes = "字节", Rate = "速率", Remark = "备注",
        Epoch = "纪元", Unsent = "待传", AtCentre = "文件已到中心", ProofsToCome = "待证明", Disk = "磁盘", Configuration = "远程配置", OnTrial = "试运行", Alarm = "告警",
        Outlets = "HJ 212 站点", Station = "站点", Link = "连接", Newest = "最新数据", Quality = "数据标记", Recall = "补采中", Clock = "时钟偏差",
        ConnectedFrom = "已连接", SilentSince = "失联，最后报文", NeverHeard = "从未收到报文", NotListed = "未登记", Shown = "显示", NotConnected = "未连接",
        Detection = "检测", NoRules = "尚无生效的规则集", Rules = "条规则", OpenEpisodes = "个未结束告警", Held = "条暂缓", Refused = "规则文件被拒绝，原规则继续生效",
        Since = "开始", Rule = "规则", Title = "内容", Count = "次数", Alert = "告警编号", Retrospective = "补传",
        States = new Dictionary<string, string>
        {
            ["empty"] = "空闲", ["reading"] = "读取中", ["copied"] = "已复制", ["released"] = "可取走", ["amber"] = "待处理",
            ["real-time"] = "实时", ["minute"] = "分钟", ["hour"] = "小时", ["day"] = "日",
        },
    };

    /// <param name="language">"zh", "en", a locale ("zh_CN.UTF-8"); empty or anything else is English.</param>
    public static StatusWords Of(string? language) => language is { } name && name.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Chinese : English;

    public string Bay { get; init; } = "bay";
    public string State { get; init; } = "state";
    public string Recorder { get; init; } = "recorder";
    public string Files { get; init; } = "files";
    public string Bytes { get; init; } = "bytes";
    public string Rate { get; init; } = "rate";
    public string Remark { get; init; } = "remark";

    public string Epoch { get; init; } = "epoch";
    public string Unsent { get; init; } = "unsent";
    public string AtCentre { get; init; } = "files at the centre";
    public string ProofsToCome { get; init; } = "proofs to come";
    public string Disk { get; init; } = "disk";
    public string Configuration { get; init; } = "configuration";
    public string OnTrial { get; init; } = "on trial";
    public string Alarm { get; init; } = "ALARM";

    public string Outlets { get; init; } = "HJ 212 stations";
    public string Station { get; init; } = "station";
    public string Link { get; init; } = "link";
    public string Newest { get; init; } = "newest data";
    public string Quality { get; init; } = "flags";
    public string Recall { get; init; } = "recall under way";
    public string Clock { get; init; } = "clock";
    public string ConnectedFrom { get; init; } = "connected from";
    public string SilentSince { get; init; } = "silent since";
    public string NeverHeard { get; init; } = "never heard";
    public string NotListed { get; init; } = "not on the list";
    public string Shown { get; init; } = "shown";
    public string NotConnected { get; init; } = "not connected";

    public string Detection { get; init; } = "detection";
    public string NoRules { get; init; } = "no rule set is in force";
    public string Rules { get; init; } = "rules";
    public string OpenEpisodes { get; init; } = "open episodes";
    public string Held { get; init; } = "held back";
    public string Refused { get; init; } = "RULE FILE REFUSED, the rules before stay";
    public string Since { get; init; } = "since";
    public string Rule { get; init; } = "rule";
    public string Title { get; init; } = "what";
    public string Count { get; init; } = "count";
    public string Alert { get; init; } = "alert";
    public string Retrospective { get; init; } = "late data";

    /// Names of states and kinds; what is not in it is shown as it is.
    public IReadOnlyDictionary<string, string> States { get; init; } = new Dictionary<string, string>();

    public string NameOf(string state) => States.GetValueOrDefault(state, state);
}
