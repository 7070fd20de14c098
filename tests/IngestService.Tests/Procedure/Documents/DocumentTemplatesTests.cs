using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Documents;
using EdgeEnforcement.IngestService.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Documents;

public sealed class DocumentTemplatesTests
{
    public static TheoryData<DocumentKind> Kinds => [.. DocumentWorld.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_one_sample_that_a_whole_case_fills(DocumentKind kind)
    {
        var html = DocumentWorld.Html(kind);

        Assert.Contains("data-sample=\"示例\"", html);
        Assert.DoesNotContain("{{", html);
        Assert.DoesNotContain("{%", html);
        Assert.Contains("YBSL-2026-12-B1-3", html);
    }

    [Fact]
    public void Approvals_legal_opinions_and_discussions_are_of_the_internal_volume()
    {
        DocumentKind[] expected = [DocumentKind.FilingApproval, DocumentKind.LegalOpinion, DocumentKind.ClosingApproval, DocumentKind.DiscussionRecord];

        Assert.Equal(expected.Order(), DocumentWorld.Templates.Where(template => template.Internal).Select(template => template.Kind).Order());
    }

    [Fact]
    public void Numbers_of_two_kinds_never_read_alike()
    {
        var patterns = DocumentWorld.Templates.Select(template => template.NumberPattern).Where(pattern => pattern.Length > 0).ToList();

        Assert.Equal(patterns.Count, patterns.Distinct().Count());
    }

    [Theory]
    [InlineData("当事人：重庆演示砂石有限公司")] // (1) the party's name and address
    [InlineData("重庆市渝北区洛碛镇演示路1号")]
    [InlineData("共采砂约120立方米，未取得河道采砂许可证")] // (2) facts and evidence
    [InlineData("YBSL-2026-12-B1-1")]
    [InlineData("引用 00:01:10–00:02:05")]
    [InlineData("《长江河道采砂管理条例》第十八条")] // (3) kinds and basis
    [InlineData("罚款人民币30,000元（大写：叁万元整）")]
    [InlineData("自收到本决定书之日起十五日内，到演示银行渝北支行非税收入专户缴纳罚款")] // (4) how and when it is performed
    [InlineData("自收到本决定书之日起六十日内向重庆市渝北区人民政府申请行政复议")] // (5) remedies
    [InlineData("六个月内依法向重庆市渝北区人民法院提起行政诉讼")]
    [InlineData("重庆市渝北区水利局（演示）")] // (6) the agency and the day
    [InlineData("2026年11月29日")]
    public void A_penalty_decision_has_the_six_contents_of_article_59(string content) =>
        Assert.Contains(content, DocumentWorld.Html(DocumentKind.PenaltyDecision));

    [Fact]
    public void A_decision_on_the_spot_sends_the_party_to_review_before_court()
    {
        var html = DocumentWorld.Html(DocumentKind.SimpleDecision);

        Assert.Contains("应当先自收到本决定书之日起六十日内向重庆市渝北区人民政府申请行政复议", html);
        Assert.Contains("《中华人民共和国行政复议法》第二十三条第一款第一项", html);
        Assert.DoesNotContain("也可以自收到本决定书之日起六个月内", html);
    }

    [Theory]
    [InlineData(4_999_900, "行政处罚事先告知书", false)]
    [InlineData(5_000_000, "行政处罚听证告知书", true)]
    public void A_notice_offers_the_hearing_from_the_domain_s_sum_on(long fen, string title, bool offered)
    {
        ProcedureCase subject = DocumentWorld.Case();
        subject.Decision = null;
        subject.Report.Sanction.FineFen = fen;

        var html = Encoding.UTF8.GetString(DocumentWorld.Draft(DocumentWorld.Request(DocumentKind.PenaltyNotice, subject)).Html);

        Assert.Contains($"<h2>{title}</h2>", html);
        Assert.Equal(offered, html.Contains("有权要求举行听证", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<p>{{ pary_name }}</p>", "'pary_name' is neither")]
    [InlineData("{% for item in evidence %}{{ item.colour }}{% endfor %}", "'evidence.colour' is neither")]
    [InlineData("<script>1</script>", "may not hold '<script'")]
    [InlineData("<p onclick=\"x\">", "may not hold 'onclick='")]
    [InlineData("<img src=\"http://x\">", "may not hold '<img'")]
    [InlineData("{% include 'other' %}", "html: ")]
    [InlineData("{% assign x = 1 %}", "html: ")]
    [InlineData("{% if party_name %}", "html: ")]
    public void A_template_says_nothing_it_may_not(string html, string error)
    {
        TemplateReader.TryParse(Template(html), out var errors);

        Assert.Contains(errors, text => text.Contains(error, StringComparison.Ordinal));
    }

    [Fact]
    public void A_field_that_stands_nowhere_is_an_error()
    {
        var json = Encoding.UTF8.GetString(Template("<p>{{ party_name }}</p>")).Replace("\"fields\": []",
            "\"fields\": [{ \"key\": \"lost\", \"zh\": \"z\", \"en\": \"e\" }]", StringComparison.Ordinal);

        TemplateReader.TryParse(Encoding.UTF8.GetBytes(json), out var errors);

        Assert.Contains(errors, text => text.Contains("'lost' stands nowhere", StringComparison.Ordinal));
    }

    [Fact]
    public void The_domain_s_own_form_comes_before_the_common_one()
    {
        DocumentTemplate common = DocumentWorld.TemplateOf(DocumentKind.PenaltyDecision);
        ProcedureRules rules = DocumentWorld.Rules with { Templates = [common, common with { Id = "river", Domains = ["river"] }] };

        Assert.Equal("river", DocumentDrafting.TemplateFor(rules, DocumentKind.PenaltyDecision, "river", new DateOnly(2026, 11, 29))!.Id);
        Assert.Equal(common.Id, DocumentDrafting.TemplateFor(rules, DocumentKind.PenaltyDecision, "traffic", new DateOnly(2026, 11, 29))!.Id);
        Assert.Null(DocumentDrafting.TemplateFor(rules, DocumentKind.PenaltyDecision, "traffic", new DateOnly(2021, 7, 14)));
    }

    private static byte[] Template(string html) => Encoding.UTF8.GetBytes(
        "{ \"id\": \"t\", \"version\": \"1\", \"kind\": \"CORRECTION\", \"title\": \"t\", \"source\": \"test\", \"fields\": [], \"html\": "
        + System.Text.Json.JsonSerializer.Serialize(html) + " }");
}
