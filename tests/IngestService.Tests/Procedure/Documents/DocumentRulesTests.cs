using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Documents;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Documents;

public sealed class DocumentRulesTests
{
    private static readonly ByteString Draft = ByteString.CopyFrom([1, 2, 3]);
    private static readonly ByteString Scan = ByteString.CopyFrom([9]);

    public static TheoryData<DocumentKind> Kinds => [.. DocumentWorld.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_excluded_item_stands_in_no_document(DocumentKind kind)
    {
        DocumentRequest request = DocumentWorld.Request(kind);
        request.Document.EvidenceKeys.Add(DocumentWorld.Excluded);

        Assert.Contains(DocumentDrafting.Make(request).Problems, problem => problem.Name == DocumentWorld.Excluded);
    }

    [Fact]
    public void Nor_by_the_report_or_by_a_transcript_that_was_made_before()
    {
        ProcedureCase subject = DocumentWorld.Case();
        subject.Evidence.Single(item => item.Source.Key == DocumentWorld.Recording).Outcome = EvidenceOutcome.Excluded;

        Assert.Contains(DocumentDrafting.Make(DocumentWorld.Request(DocumentKind.PenaltyDecision, subject)).Problems, problem => problem.Name == DocumentWorld.Recording);
        Assert.Contains(DocumentDrafting.Make(DocumentWorld.Request(DocumentKind.InquiryRecord, subject)).Problems, problem => problem.Name == DocumentWorld.Recording);
    }

    [Fact]
    public void An_item_nobody_reviewed_may_stand_in_a_transcript_and_not_in_a_decision()
    {
        ProcedureCase subject = DocumentWorld.Case();
        subject.Evidence.Single(item => item.Source.Key == DocumentWorld.Recording).Outcome = EvidenceOutcome.Unspecified;

        Assert.True(DocumentRules.MayCite(subject, [DocumentWorld.Recording]));
        Assert.Empty(DocumentRules.WhyNotCite(subject, DocumentKind.SceneRecord, [DocumentWorld.Recording]));
        Assert.Single(DocumentRules.WhyNotCite(subject, DocumentKind.PenaltyNotice, [DocumentWorld.Recording]));
    }

    [Fact]
    public void What_is_not_in_the_case_is_not_cited()
    {
        ProcedureCase subject = DocumentWorld.Case();
        subject.Evidence[1].Detached = true;

        Assert.False(DocumentRules.MayCite(subject, ["media/999"]));
        Assert.False(DocumentRules.MayCite(subject, [DocumentWorld.Photo]));
    }

    [Fact]
    public void A_penalty_without_evidence_is_no_document()
    {
        ProcedureCase subject = DocumentWorld.Case();
        subject.Report.EvidenceKeys.Clear();

        Assert.Equal("evidence", Assert.Single(DocumentDrafting.Make(DocumentWorld.Request(DocumentKind.PenaltyDecision, subject)).Problems).Name);
    }

    [Fact]
    public void The_signing_round_goes_one_way()
    {
        CaseDocument document = new() { DocumentId = "c/1", Kind = DocumentKind.PenaltyDecision, DraftSha256 = Draft };

        Assert.NotNull(DocumentRules.WhyNotServable(document));
        Assert.NotNull(DocumentRules.WhyNotBound(document, new BoundScan { DraftSha256 = ByteString.CopyFrom([1, 2, 4]) }));
        Assert.NotNull(DocumentRules.WhyNotCorrected(document));
        Assert.Null(DocumentRules.WhyNotBound(document, new BoundScan { DraftSha256 = Draft }));

        document.ScanSha256 = Scan;

        Assert.Null(DocumentRules.WhyNotServable(document));
        Assert.Null(DocumentRules.WhyNotCorrected(document));
        Assert.NotNull(DocumentRules.WhyNotBound(document, new BoundScan { DraftSha256 = Draft }));

        document.Service = new ServiceOfDocument();

        Assert.NotNull(DocumentRules.WhyNotServable(document));
    }

    [Fact]
    public void Internal_papers_are_not_served_and_corrections_not_corrected()
    {
        Assert.NotNull(DocumentRules.WhyNotServable(new CaseDocument { DraftSha256 = Draft, ScanSha256 = Scan, InternalVolume = true }));
        Assert.NotNull(DocumentRules.WhyNotCorrected(new CaseDocument { Kind = DocumentKind.Correction, ScanSha256 = Scan }));
    }

    [Fact]
    public void A_volume_holds_what_is_signed_and_the_evidence_stands_in_the_main_one()
    {
        ProcedureCase subject = DocumentWorld.Case();
        subject.Documents[0].ScanSha256 = Scan;
        subject.Documents.Add(new CaseDocument { DocumentId = "c/3", Kind = DocumentKind.LegalOpinion, InternalVolume = true, ScanSha256 = Scan, CommonNumber = "YBSL-2026-12-C0-3", IssuedAt = DocumentWorld.Day(20) });

        string main = Text(subject, DocumentVolume.Main);
        string inner = Text(subject, DocumentVolume.Internal);

        Assert.Contains("正卷目录", main);
        Assert.Contains("渝北水利罚告〔2026〕9号", main);
        Assert.DoesNotContain("渝北水利罚决〔2026〕12号", main); // nobody signed it yet
        Assert.Contains("20261105_1402.mp4", main);
        Assert.DoesNotContain("视频监控截图", main); // excluded
        Assert.DoesNotContain("法制审核意见书", main);
        Assert.Contains("法制审核意见书", inner);
        Assert.DoesNotContain("20261105_1402.mp4", inner);
        Assert.Contains("连续，无缺号", main);
    }

    private static string Text(ProcedureCase subject, DocumentVolume volume) =>
        System.Text.Encoding.UTF8.GetString(CaseVolumes.Contents(subject, volume, "重庆市渝北区水利局（演示）").Html);
}
