using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Documents;
using EdgeEnforcement.IngestService.Procedure.Rules;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Documents;

/// <summary>A case of a river unit with everything a document may print, the sample templates, and what a handler types for each.</summary>
internal static class DocumentWorld
{
    public const string Recording = "media/17";
    public const string Photo = "media/18";
    public const string Excluded = "record/40";

    public static readonly DateTimeOffset At = new(2026, 11, 29, 2, 0, 0, TimeSpan.Zero);

    public static readonly IReadOnlyList<DocumentKind> Kinds = [.. System.Enum.GetValues<DocumentKind>().Where(kind => kind != DocumentKind.Unspecified)];

    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["unit/yb-water-river"] = "河道执法支队（演示）", ["item/river-sand"] = "未经许可在河道管理范围内采砂",
        ["officer/yb-000001"] = "张演示", ["officer/yb-000002"] = "李演示", ["officer/yb-000004"] = "陈演示",
        ["certificate/yb-000001"] = "YS-000001", ["certificate/yb-000002"] = "YS-000002",
        ["party/address"] = "重庆市渝北区洛碛镇演示路1号", ["party/number"] = "91500112MA00000000", ["party/representative"] = "刘演示",
    };

    public static string TemplateFolder { get; } = Path.Combine(Root(), "samples/procedure/templates");

    public static IReadOnlyList<DocumentTemplate> Templates { get; } = [.. Directory.GetFiles(TemplateFolder, "*.json").Order(StringComparer.Ordinal).Select(Read)];

    public static ProcedureRules Rules { get; } = new()
    {
        Version = "test",
        Law =
        [
            new LawArticle("WATER-39", "中华人民共和国水法", "第三十九条", new DateOnly(2016, 7, 2), null, "国家实行河道采砂许可制度", "test"),
            new LawArticle("CJ-18", "长江河道采砂管理条例", "第十八条", new DateOnly(2002, 1, 1), null, "未办理采砂许可证擅自采砂的处罚", "test"),
        ],
        Deadlines = [],
        Profiles =
        [
            new DomainProfile
            {
                Domain = "*", Zh = "水利", En = "River", RecordingDuties = [], StepsFirst = [], FileDocuments = [],
                HearingThresholds = [new HearingThreshold(PartyKind.Organisation, 5_000_000, null, null, "test")],
            },
        ],
        ReviewChecklist = [new NamedCode("subject", "执法主体是否合法，执法人员是否具备执法资格", "s"), new NamedCode("facts", "案件事实是否清楚，证据是否确凿充分", "f")],
        LeadClosingReasons = [],
        SuspensionReasons = [],
        Templates = Templates,
        Agencies = [new AgencyNumbers("yb-water-river", "渝北水利", "YBSL", "重庆市渝北区水利局（演示）")],
    };

    public static DocumentRequest Request(DocumentKind kind, ProcedureCase? subject = null) => new(
        subject ?? Case(), Document(kind), TemplateOf(kind), Rules, Names, Number(kind), "YBSL-2026-12-B1-3", At) { Agency = Rules.Agencies[0] };

    public static DocumentTemplate TemplateOf(DocumentKind kind) => Templates.Single(template => template.Kind == kind);

    public static RenderedDraft Draft(DocumentRequest request)
    {
        DocumentOutcome outcome = DocumentDrafting.Make(request);
        Assert.Empty(outcome.Problems);
        return outcome.Draft!; // there were no problems
    }

    public static string Html(DocumentKind kind) => Encoding.UTF8.GetString(Draft(Request(kind)).Html);

    public static IssuedDocument Document(DocumentKind kind)
    {
        IssuedDocument document = new() { Kind = kind };
        foreach (TemplateField field in TemplateOf(kind).Fields.Where(field => Typed.ContainsKey(field.Key)))
            document.Fields[field.Key] = Typed[field.Key];
        if (kind == DocumentKind.PenaltyDecision)
            document.Fields.Remove("performance");
        if (kind == DocumentKind.Correction)
            document.CorrectsDocumentId = "c/1";
        return document;
    }

    public static ProcedureCase Case()
    {
        Filing filing = new()
        {
            ItemId = "river-sand", UnitId = "yb-water-river", Place = "长江洛碛段左岸（渝北区洛碛镇）", PartyKind = PartyKind.Organisation, PartyName = "重庆演示砂石有限公司",
            ActFromDay = "2026-11-03", ActThroughDay = "2026-11-05", Facts = "巡查发现一艘船舶正在采砂，现场未能出示河道采砂许可证。", FilingStandard = "有初步证据证明存在违法行为；属本机关管辖；未超过追责期限。",
        };
        ProcedureCase subject = new()
        {
            CaseId = "渝执立〔2026〕12号", Number = "渝执立〔2026〕12号", Title = "重庆演示砂石有限公司未经许可采砂案", Domain = "river", HandlingUnitId = "yb-water-river",
            OpenedAt = Day(4), FiledAt = Day(6), Filing = filing, Source = new LeadSource { Kind = LeadSourceKind.Complaint, ExternalNumber = "12345-20261103-0071", ReceivedAt = Day(4) },
            Report = Report(), DecidedAt = Day(28), PaidFen = 3_000_000, ClosingReason = "行政处罚决定履行完毕", DefenceRecheck = "当事人所述情节已在裁量时考虑，其陈述、申辩理由不影响本案事实认定，不予采纳。",
            Opinion = new LegalOpinion { Agrees = true, Text = "事实清楚，证据充分，适用依据正确，程序合法，裁量适当，同意承办机构拟处理意见。" },
            Notice = new ServedNotice { DocumentId = "c/1", ServedAt = Day(18) },
            Discussion = new CollectiveDiscussion
            {
                HeldAt = Day(27), ParticipantOfficerIds = { "yb-000001", "yb-000004" }, Record = "张演示：汇报案情和拟处理意见。\n陈演示：同意法制审核意见。", Conclusion = "一致同意拟处理意见。",
            },
            Decision = new CaseDecision { DocumentId = "c/2" }, DecisionService = new ServiceOfDocument { ServedAt = Day(28) },
            Simple = new SimpleFinding { Finding = filing, Statement = "无异议", Basis = { "CJ-18" }, Media = { Segment(Recording) } },
        };
        subject.Decision.Sanction = subject.Report.Sanction;
        subject.Opinion.Checklist.Add(new ChecklistAnswer { Point = "subject", Answer = Answer.Yes });
        subject.Opinion.Checklist.Add(new ChecklistAnswer { Point = "facts", Answer = Answer.Yes, Remark = "录像三段，时间连续" });
        subject.Defences.Add(new DefenceStatement { Text = "公司首次违法，已主动停止采砂，请求从轻处理。", How = "书面" });
        subject.Participants.Add(Person("yb-000001", handler: true, OfficerRole.Handler));
        subject.Participants.Add(Person("yb-000002", handler: true, OfficerRole.Handler));
        subject.Participants.Add(Person("yb-000004", handler: false, OfficerRole.LegalReviewer));
        subject.Evidence.Add(Evidence(Recording, "执法记录仪录像 20261105_1402.mp4", "YBSL-2026-12-B1-1", EvidenceOutcome.Evidence));
        subject.Evidence.Add(Evidence(Photo, "现场照片 <采砂船>", "YBSL-2026-12-B1-2", EvidenceOutcome.Evidence));
        subject.Evidence.Add(Evidence(Excluded, "视频监控截图", "", EvidenceOutcome.Excluded));
        subject.Records.Add(Record(InvestigationRecordKind.Scene, "现场见“演示一号”采砂船一艘，采砂泵正在运转，船舱内有湿砂约120立方米。\n当事人未能出示河道采砂许可证。"));
        subject.Records.Add(Record(InvestigationRecordKind.Inquiry, "问：请说明你公司采砂的起止时间。\n答：11月3日到11月5日，共三天。\n问：是否办理了采砂许可证？\n答：没有办理。"));
        subject.Documents.Add(Issued("c/1", DocumentKind.PenaltyNotice, "渝北水利罚告〔2026〕9号", "YBSL-2026-12-D0-4"));
        subject.Documents.Add(Issued("c/2", DocumentKind.PenaltyDecision, "渝北水利罚决〔2026〕12号", "YBSL-2026-12-E1-5"));
        subject.Preservations.Add(new PreservationTrack
        {
            PreservationId = "P1", What = new Preservation { PreservationId = "P1", Reason = "采砂船可能驶离", Things = { "采砂船“演示一号”1艘（船长32米）", "采砂泵1台" } },
        });
        return subject;
    }

    public static Timestamp Day(int day) => Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 11, day, 1, 30, 0, TimeSpan.Zero));

    public static MediaSegment Segment(string key) => new() { EvidenceKey = key, FromMs = 70_000, UntilMs = 125_000 };

    private static readonly Dictionary<string, string> Typed = new()
    {
        ["handler_opinion"] = "建议依法办理。", ["asked_name"] = "刘演示", ["asked_identity"] = "500112********0011", ["asked_address"] = "重庆市渝北区演示路2号", ["asked_relation"] = "当事人的法定代表人",
        ["recorder"] = "李演示", ["site_name"] = "采砂船“演示一号”", ["site_person"] = "刘演示", ["witness"] = "赵演示", ["violated"] = "《中华人民共和国水法》第三十九条第一款",
        ["course"] = "本机关于2026年11月5日接投诉举报后派员到现场检查，次日立案，先后制作现场检查笔录、询问笔录，调取执法记录仪录像。", ["nature"] = "采砂时间三日，无违法所得证据，未造成堤防损害，属一般情节。",
        ["reasons"] = "当事人未取得河道采砂许可证擅自采砂，事实清楚，证据充分，应当依法给予行政处罚。", ["agency_address"] = "渝北区双龙大道1号", ["agency_contact"] = "张演示　023-00000000", ["defence_days"] = "五",
        ["payment_place"] = "演示银行渝北支行非税收入专户", ["review_body"] = "重庆市渝北区人民政府", ["court"] = "重庆市渝北区人民法院", ["ground"] = "《中华人民共和国行政处罚法》第三十三条第一款",
        ["education"] = "当事人应当学习《中华人民共和国水法》，今后从事河道采砂应当依法取得许可。", ["basis_text"] = "《长江河道采砂管理条例》第十八条", ["sanction_text"] = "警告", ["payment"] = "无罚款",
        ["about_document"] = "c/2", ["addressee"] = "重庆演示砂石有限公司", ["service_place"] = "重庆市渝北区洛碛镇演示路1号", ["service_method"] = "直接送达",
        ["order_basis"] = "《中华人民共和国行政处罚法》第二十八条第一款", ["order"] = "立即停止采砂。\n将采砂船驶离河道管理范围。", ["due"] = "2026年11月30日", ["performance"] = "罚款已于2026年11月28日缴清。",
        ["closing_reason"] = "履行完毕", ["wrong"] = "第二页第三行“2026年11月3日”", ["right"] = "“2026年11月4日”", ["discussion_place"] = "三楼会议室", ["discussion_host"] = "王演示",
        ["discussion_reporter"] = "张演示", ["keep_place"] = "洛碛码头", ["keep_how"] = "就地封存，由当事人保管",
    };

    private static InvestigationReport Report() => new()
    {
        Facts = "2026年11月3日至5日，当事人使用“演示一号”采砂船在长江洛碛段左岸采砂，共采砂约120立方米，未取得河道采砂许可证。\n案发后当事人停止采砂，配合调查。",
        EvidenceKeys = { Recording, Photo }, Basis = { "CJ-18" }, DiscretionRule = "《重庆市水行政处罚裁量基准》（示例）一般情节", EvidenceClosed = true,
        Sanction = new Sanction { Kinds = { SanctionKind.Warning, SanctionKind.Fine }, FineFen = 3_000_000, CorrectionOrder = "立即停止违法采砂行为" },
    };

    private static CaseParticipant Person(string id, bool handler, OfficerRole role) => new() { OfficerId = id, Name = id, IsHandlerNow = handler, Roles = { role } };

    private static CaseEvidence Evidence(string key, string title, string number, EvidenceOutcome outcome) => new()
    {
        Outcome = outcome, CommonNumber = number,
        Source = new EvidenceSource { Key = key, Title = title, Verified = true, CapturedAt = Day(5), CapturedUntil = Day(5), Sha256 = ByteString.CopyFrom(SHA256.HashData(Encoding.UTF8.GetBytes(key))) },
    };

    private static InvestigationRecord Record(InvestigationRecordKind kind, string content) => new()
    {
        Kind = kind, From = Day(5), Until = Day(5), Place = "长江洛碛段左岸", Content = content, IdentityShown = true, Signed = true, Media = { Segment(Recording) },
    };

    private static CaseDocument Issued(string id, DocumentKind kind, string number, string common) =>
        new() { DocumentId = id, Kind = kind, DocumentNumber = number, CommonNumber = common, IssuedAt = Day(18) };

    private static string Number(DocumentKind kind) => TemplateOf(kind).NumberPattern is { Length: > 0 } pattern
        ? EdgeEnforcement.IngestService.Procedure.Numbers.NumberPattern.Format(pattern, "渝北水利", 2026, 12)
        : "";

    private static DocumentTemplate Read(string path)
    {
        DocumentTemplate? template = TemplateReader.TryParse(File.ReadAllBytes(path), out IReadOnlyList<string> errors);
        Assert.True(errors.Count == 0, $"{Path.GetFileName(path)}: {string.Join("; ", errors)}");
        return template!; // without errors there is one
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeEnforcement.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the repository is not above the tests");
    }
}
