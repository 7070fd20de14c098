using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>
/// 案卷目录: 正卷 with its documents and evidence, which the party and a court may see, and 副卷 with what is internal (approvals, legal opinions,
/// discussions). Drafts nobody signed are in neither; a corrected document stays, with a word of its correction.
/// </summary>
internal static class CaseVolumes
{
    private const string Html = """
        <h1>{{ agency }}</h1>
        <h2>行政处罚案卷{{ volume }}目录</h2>
        <p class="plain">案号：{{ case_number }}</p>
        <p class="plain">案由：{{ case_title }}</p>
        <h3>一、文书</h3>
        <table class="list">
        <thead><tr><th style="width:10mm">序号</th><th>文书名称</th><th style="width:40mm">文号</th><th style="width:38mm">共同编号</th><th style="width:26mm">日期</th><th style="width:20mm">备注</th></tr></thead>
        {% for item in documents %}<tr><td>{{ item.no }}</td><td>{{ item.title }}</td><td>{% if item.number %}{{ item.number }}{% endif %}</td><td class="code">{% if item.common_number %}{{ item.common_number }}{% endif %}</td><td>{{ item.day }}</td><td>{% if item.remark %}{{ item.remark }}{% endif %}</td></tr>
        {% endfor %}</table>
        {% if evidence %}<h3>二、证据</h3>
        <table class="list">
        <thead><tr><th style="width:10mm">序号</th><th>证据名称</th><th style="width:38mm">共同编号</th><th style="width:42mm">时间</th><th style="width:34mm">SHA-256 前16位</th></tr></thead>
        {% for item in evidence %}<tr><td>{{ item.no }}</td><td>{{ item.title }}</td><td class="code">{% if item.common_number %}{{ item.common_number }}{% endif %}</td><td>{% if item.time %}{{ item.time }}{% endif %}</td><td class="code">{{ item.hash }}</td></tr>
        {% endfor %}</table>{% endif %}
        <p class="small">共同编号{% if breaks %}：{{ breaks }}{% else %}连续，无缺号{% endif %}。</p>
        """;

    private static readonly DocumentTemplate Form = new(
        "case-contents", "1", DocumentKind.Unspecified, "案卷目录", "", Internal: false, Html, [], ["*"], null, null, "built in");

    /// <summary>Signed documents of the volume, in the order they were made.</summary>
    public static IReadOnlyList<CaseDocument> Documents(ProcedureCase subject, DocumentVolume volume) =>
        [.. subject.Documents.Where(document => !document.ScanSha256.IsEmpty && document.InternalVolume == (volume == DocumentVolume.Internal))];

    /// <summary>Evidence stands in the 正卷 alone; what was excluded is kept with the case and shown in no volume.</summary>
    public static IReadOnlyList<CaseEvidence> Evidence(ProcedureCase subject, DocumentVolume volume) => volume == DocumentVolume.Internal
        ? []
        : [.. subject.Evidence.Where(item => !item.Detached && item.Outcome == EvidenceOutcome.Evidence)];

    public static RenderedDraft Contents(ProcedureCase subject, DocumentVolume volume, string agency)
    {
        DocumentModel model = new();
        model.Set("agency", agency);
        model.Set("volume", volume == DocumentVolume.Internal ? "副卷" : "正卷");
        model.Set("case_number", subject.Number);
        model.Set("case_title", subject.Title);
        model.Set("breaks", string.Join('；', Numbers.CommonNumbers.Breaks(subject)));
        model.SetList("documents", Documents(subject, volume).Select(DocumentRow));
        model.SetList("evidence", Evidence(subject, volume).Select(EvidenceRow));
        (RenderedDraft? draft, DocumentProblem? problem) = DocumentRenderer.Render(Form, model);
        return draft ?? throw new InvalidOperationException($"the list of contents cannot be made: {problem?.Detail}");
    }

    private static Dictionary<string, string> DocumentRow(CaseDocument document, int at) => new()
    {
        ["no"] = Ordinal(at), ["title"] = DocumentWords.Of(document.Kind), ["number"] = document.DocumentNumber, ["common_number"] = document.CommonNumber,
        ["day"] = ChineseDate.Day(document.IssuedAt), ["remark"] = document.CorrectedBy.Length > 0 ? "已补正" : "",
    };

    private static Dictionary<string, string> EvidenceRow(CaseEvidence item, int at) => new()
    {
        ["no"] = Ordinal(at), ["title"] = item.Source.Title, ["common_number"] = item.CommonNumber, ["time"] = CaseLists.TimeOf(item.Source),
        ["hash"] = CaseLists.HashOf(item.Source),
    };

    private static string Ordinal(int at) => (at + 1).ToString(CultureInfo.InvariantCulture);
}
