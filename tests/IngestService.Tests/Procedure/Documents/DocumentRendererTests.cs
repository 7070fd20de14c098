using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Documents;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Documents;

public sealed class DocumentRendererTests
{
    // Of the frame that documents were issued with: another look is another file, or their hashes would not be theirs any more.
    private const string FrameSha256 = "69f60218487acb7e8e7b9bf134028fd0815a704f0ade28753802209997744577";

    private const string DecisionSha256 = "77f203f8abd8305df0b347111f9d25075ba494b745182bb143fe1a077deda44f";

    public static TheoryData<DocumentKind> Kinds => [.. DocumentWorld.Kinds];

    [Fact]
    public void A_decision_is_these_bytes_for_ever()
    {
        RenderedDraft draft = DocumentWorld.Draft(DocumentWorld.Request(DocumentKind.PenaltyDecision));

        Assert.Equal(SHA256.HashData(draft.Html), draft.Sha256);
        Assert.Equal(DecisionSha256, Convert.ToHexStringLower(draft.Sha256));
    }

    [Fact]
    public void A_frame_never_changes_under_its_name()
    {
        using Stream frame = typeof(DocumentPage).Assembly.GetManifestResourceStream($"{DocumentPage.DefaultFrame}.css")!; // embedded beside the class

        Assert.Equal(FrameSha256, Convert.ToHexStringLower(SHA256.HashData(frame)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_bytes_come_out_in_every_culture(DocumentKind kind)
    {
        RenderedDraft here = DocumentWorld.Draft(DocumentWorld.Request(kind));
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("ar-SA"); // other digits, other calendar
            Assert.Equal(here.Html, DocumentWorld.Draft(DocumentWorld.Request(kind)).Html);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_document_is_made_again_from_its_entry_whatever_became_of_the_case(DocumentKind kind)
    {
        DocumentOutcome made = DocumentDrafting.Make(DocumentWorld.Request(kind));
        CaseDocument kept = new() { Kind = kind };
        kept.Fields.Add(made.Model!.ToFields().ToDictionary());

        (RenderedDraft? again, _) = DocumentDrafting.MakeAgain(DocumentWorld.TemplateOf(kind), CaseDocument.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(kept)));

        Assert.Equal(made.Draft!.Html, again!.Html);
    }

    [Fact]
    public void What_people_type_is_text_and_never_markup()
    {
        DocumentRequest request = DocumentWorld.Request(DocumentKind.PenaltyDecision);
        request.Document.Fields["reasons"] = "<b onload=\"x\">{{ agency }}</b> & '单引号'";

        var html = Encoding.UTF8.GetString(DocumentWorld.Draft(request).Html);

        Assert.DoesNotContain("<b ", html);
        Assert.Contains("&lt;b onload=&quot;x&quot;&gt;{{ agency }}&lt;/b&gt; &amp; &#x27;单引号&#x27;", html);
        Assert.Contains("现场照片 &lt;采砂船&gt;", html);
    }

    [Fact]
    public void Only_what_the_form_prints_is_kept()
    {
        var fields = DocumentDrafting.Make(DocumentWorld.Request(DocumentKind.ServiceReceipt)).Model!.ToFields();

        Assert.Equal("行政处罚决定书", fields["about_title"]);
        Assert.DoesNotContain("facts", fields.Keys);
        Assert.DoesNotContain("evidence.count", fields.Keys);
    }

    [Fact]
    public void The_hash_is_on_the_paper_and_the_paper_gives_the_draft_back()
    {
        RenderedDraft draft = DocumentWorld.Draft(DocumentWorld.Request(DocumentKind.PenaltyNotice));

        var paper = DocumentPage.ForPaper(draft);

        Assert.Contains(DocumentPage.Printed(draft.Sha256), Encoding.UTF8.GetString(paper));
        Assert.DoesNotContain(DocumentPage.Printed(draft.Sha256), Encoding.UTF8.GetString(draft.Html));
        Assert.Equal(draft.Html, DocumentPage.WithoutFoot(paper));
        Assert.Equal(Convert.ToHexStringLower(draft.Sha256), DocumentPage.Printed(draft.Sha256).Replace(" ", ""));
    }

    [Fact]
    public void A_value_that_is_not_there_is_named()
    {
        DocumentRequest request = DocumentWorld.Request(DocumentKind.PenaltyDecision);
        request.Document.Fields.Remove("court");
        request.Document.Fields.Remove("violated");

        DocumentOutcome outcome = DocumentDrafting.Make(request);

        Assert.Null(outcome.Draft);
        Assert.Equal(["violated", "court"], outcome.Problems.Select(problem => problem.Name));
    }

    [Fact]
    public void What_the_case_does_not_say_yet_is_named_too()
    {
        ProcedureCase subject = DocumentWorld.Case();
        subject.Evidence[0].CommonNumber = "";

        DocumentProblem problem = Assert.Single(DocumentDrafting.Make(DocumentWorld.Request(DocumentKind.PenaltyDecision, subject)).Problems);

        Assert.Equal("evidence.common_number", problem.Name);
    }

    [Fact]
    public void A_field_the_form_does_not_have_is_refused()
    {
        DocumentRequest request = DocumentWorld.Request(DocumentKind.PenaltyDecision);
        request.Document.Fields["colour"] = "红";

        Assert.Equal("colour", Assert.Single(DocumentDrafting.Make(request).Problems).Name);
    }

    [Fact]
    public void What_the_case_says_is_not_typed_over()
    {
        ProcedureCase subject = DocumentWorld.Case();
        subject.Decision.Reasons = "案卷所载理由。";

        var html = Encoding.UTF8.GetString(DocumentWorld.Draft(DocumentWorld.Request(DocumentKind.PenaltyDecision, subject)).Html);

        Assert.Contains("案卷所载理由。", html);
        Assert.DoesNotContain("当事人未取得河道采砂许可证擅自采砂，事实清楚", html);
    }
}
