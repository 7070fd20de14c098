using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Service;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Documents;

public sealed class DocumentsOverTheWireTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("ee-documents-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_issued_document_is_made_again_after_the_case_and_the_rules_went_on()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data.FullName, Cancellation);
        string id = await stack.OpenAsync("责令改正");
        string document = await stack.DocumentAsync(id, DocumentKind.CorrectionOrder, Order("立即清除垃圾"));
        ActivateRulesAnswer other = await stack.ActivateAsync(RulesFile.Bytes(rules =>
        {
            rules["version"] = "other";
            foreach (var template in rules["templates"]!.AsArray())
                (template!["version"], template["title"]) = ("other", "另一格式");
        }));
        Assert.Empty(other.Errors);
        await stack.DocumentAsync(id, DocumentKind.CorrectionOrder, Order("再次清除"));

        RenderedDocument first = await stack.Desk.RenderDocumentAsync(new RenderDocumentRequest { AtLeast = stack.Size, CaseId = id, DocumentId = document }, cancellationToken: Cancellation);
        RenderedDocument second = await stack.Desk.RenderDocumentAsync(new RenderDocumentRequest { AtLeast = stack.Size, CaseId = id, DocumentId = id + "/2" }, cancellationToken: Cancellation);

        Assert.True(first.SameAsIssued);
        Assert.True(second.SameAsIssued);
        Assert.Contains("立即清除垃圾", first.Content.ToStringUtf8());
        Assert.Contains("<title>责令改正通知书</title>", first.Content.ToStringUtf8());
        Assert.Contains("<title>另一格式</title>", second.Content.ToStringUtf8());
        Assert.StartsWith("责令改正通知书-渝北环责改〔", first.FileName, StringComparison.Ordinal);
        Assert.Equal((await stack.CaseAsync(id)).Documents[0].DraftSha256, first.DraftSha256);
    }

    [Fact]
    public async Task A_draft_is_shown_without_a_number_and_what_it_lacks_is_said()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data.FullName, Cancellation);
        string id = await stack.OpenAsync("责令改正");
        IssuedDocument draft = new() { Kind = DocumentKind.CorrectionOrder };
        RenderDocumentRequest request = new() { AtLeast = stack.Size, CaseId = id, Draft = draft };

        RpcException lacking = await Assert.ThrowsAsync<RpcException>(async () => await stack.Desk.RenderDocumentAsync(request, cancellationToken: Cancellation));
        foreach ((string key, string value) in Order("立即清除垃圾"))
            draft.Fields[key] = value;
        RenderedDocument shown = await stack.Desk.RenderDocumentAsync(request, cancellationToken: Cancellation);

        Assert.Equal(StatusCode.FailedPrecondition, lacking.StatusCode);
        Assert.Contains("改正期限", lacking.Status.Detail);
        Assert.Contains("（编号待定）", shown.Content.ToStringUtf8());
        Assert.Contains("渝北区生态环境局（演示）", shown.Content.ToStringUtf8()); // the agency, not the team that handles it
        Assert.False(shown.SameAsIssued);
        Assert.Empty((await stack.CaseAsync(id)).Documents);
    }

    [Fact]
    public async Task A_signed_document_is_corrected_by_another_and_both_stand_in_the_file()
    {
        await using ProcedureStack stack = await ProcedureStack.StartAsync(_data.FullName, Cancellation);
        string id = await stack.OpenAsync("责令改正");
        string document = await stack.DocumentAsync(id, DocumentKind.CorrectionOrder, Order("立即清除垃圾"));

        ProcedureRefusal edited = await stack.RefusedAsync(id, ProcedureActKind.CorrectDocument, "han-a", OfficerRole.Handler,
            act => Correct(act, document, DocumentKind.CorrectionOrder, Order("改过的")));
        ProcedureCase corrected = await stack.ActAsync(id, ProcedureActKind.CorrectDocument, "han-a", OfficerRole.Handler,
            act => Correct(act, document, DocumentKind.Correction, [("addressee", "刘某"), ("wrong", "十二月一日"), ("right", "十二月二日")]));
        RenderedDocument contents = await stack.Desk.RenderDocumentAsync(new RenderDocumentRequest { AtLeast = stack.Size, CaseId = id, Volume = DocumentVolume.Main }, cancellationToken: Cancellation);

        Assert.Contains(edited.Guards, guard => guard.Name == "CORRECTION_FORM");
        Assert.Equal(id + "/2", corrected.Documents[0].CorrectedBy);
        Assert.Contains("渝北环补正〔", corrected.Documents[1].DocumentNumber);
        Assert.Contains("已补正", contents.Content.ToStringUtf8());
        Assert.Contains("连续，无缺号", contents.Content.ToStringUtf8());
    }

    [Fact]
    public async Task A_document_comes_as_PDF()
    {
        string patient = Path.Combine(_data.FullName, "patient.json");
        await File.WriteAllTextAsync(patient, """{"Documents": {"TimeLimitSeconds": 600}}""", Cancellation);
        await using ProcedureStack stack = await ProcedureStack.StartAsync(Path.Combine(_data.FullName, "data"), Cancellation, configFile: patient);
        string id = await stack.OpenAsync("责令改正");
        string document = await stack.DocumentAsync(id, DocumentKind.CorrectionOrder, Order("立即清除垃圾"));

        RenderedDocument printed = await stack.Desk.RenderDocumentAsync(new RenderDocumentRequest { AtLeast = stack.Size, CaseId = id, DocumentId = document, Pdf = true }, cancellationToken: Cancellation);

        Assert.Equal("application/pdf", printed.MediaType);
        Assert.Equal("%PDF-", Encoding.ASCII.GetString(printed.Content.Span[..5]));
    }

    public void Dispose() => _data.Delete(recursive: true);

    private static (string Key, string Value)[] Order(string order) =>
    [
        ("party_name", "刘某"), ("party_address", "渝北区"), ("facts", "向河道倾倒垃圾"), ("violated", "第四十九条"), ("order_basis", "第二十八条"), ("order", order),
        ("due", "2026年12月1日"), ("review_body", "渝北区人民政府"), ("court", "渝北区人民法院"),
    ];

    private static void Correct(ProcedureAct act, string document, DocumentKind kind, (string Key, string Value)[] fields)
    {
        act.Remark = "笔误";
        act.Document = new IssuedDocument { Kind = kind, CorrectsDocumentId = document };
        foreach ((string key, string value) in fields)
            act.Document.Fields.Add(key, value);
    }
}
