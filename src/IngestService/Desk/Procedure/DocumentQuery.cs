using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases.Procedure;
using EdgeEnforcement.IngestService.Desk.Documents;
using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Documents;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Desk.Procedure;

/// <summary>
/// Documents as they are read and printed: an issued one is made again from its entry and its template, and its hash compared; a draft is shown
/// without numbers; the two lists of contents are made from the case.
/// </summary>
internal sealed class DocumentQuery(
    ProjectedSize projected, IProcedureQueries procedure, ProcedureContexts contexts, DocumentNames names, DocumentPrinter printer)
{
    private const string ToBeNumbered = "（编号待定）";

    public async Task<RenderedDocument> RenderAsync(RenderDocumentRequest request, CancellationToken cancellation)
    {
        await projected.AtLeastAsync(request.AtLeast, cancellation);
        ProcedureCase subject = procedure.Find(request.CaseId)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"no case {request.CaseId}").ToRpcException();
        (RenderedDraft draft, string name, bool same) = request.DocumentId.Length > 0 ? Issued(subject, request.DocumentId)
            : request.Draft is not null ? Preview(subject, request.Draft)
            : request.Volume != DocumentVolume.Unspecified ? Contents(subject, request.Volume)
            : throw new RefusalDetail(RefusalCode.IncompleteAct, "a document id, a draft or a volume is asked for").ToRpcException();
        RenderedDocument answer = new()
        {
            DraftSha256 = ByteString.CopyFrom(draft.Sha256), SameAsIssued = same, MediaType = "text/html; charset=utf-8", FileName = $"{name}.html",
        };
        byte[] content = request.DocumentId.Length > 0 ? DocumentPage.ForPaper(draft) : draft.Html;
        if (request.Pdf)
        {
            PrintOutcome printed = await printer.PrintAsync(content, cancellation);
            content = printed.Pdf ?? throw printed.Refusal!.ToRpcException(); // exactly one of the two is set
            (answer.MediaType, answer.FileName) = ("application/pdf", $"{name}.pdf");
        }

        answer.Content = UnsafeByteOperations.UnsafeWrap(content);
        return answer;
    }

    private (RenderedDraft Draft, string Name, bool Same) Issued(ProcedureCase subject, string documentId)
    {
        CaseDocument document = subject.Documents.FirstOrDefault(made => made.DocumentId == documentId)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"no document {documentId}").ToRpcException();
        DocumentTemplate template = procedure.RulesAt(document.RulesEntry)?.Templates
            .FirstOrDefault(known => known.Id == document.TemplateId && known.Version == document.TemplateVersion)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"the rules of entry {document.RulesEntry} hold no template {document.TemplateId}").ToRpcException();
        (RenderedDraft? draft, DocumentProblem? problem) = DocumentDrafting.MakeAgain(template, document);
        if (draft is null)
            throw new RefusalDetail(RefusalCode.NotPermitted, problem!.Detail).ToRpcException(); // exactly one of the two is set
        string number = document.DocumentNumber.Length > 0 ? document.DocumentNumber : document.CommonNumber;
        return (draft, $"{DocumentWords.Of(document.Kind)}-{number}", draft.Sha256.AsSpan().SequenceEqual(document.DraftSha256.Span));
    }

    private (RenderedDraft Draft, string Name, bool Same) Contents(ProcedureCase subject, DocumentVolume volume)
    {
        ProcedureContext? context = contexts.For(subject, new ProcedureAct());
        AgencyNumbers? agency = context is null ? null
            : NumberGiving.Agency(context.Rules, context.Book, NumberGiving.UnitOf(subject), context.AsOf);
        string name = volume == DocumentVolume.Internal ? "副卷目录" : "正卷目录";
        return (CaseVolumes.Contents(subject, volume, agency?.SealName ?? NumberGiving.UnitOf(subject)), $"{name}-{subject.Number}", false);
    }

    private (RenderedDraft Draft, string Name, bool Same) Preview(ProcedureCase subject, IssuedDocument asked)
    {
        ProcedureContext context = contexts.For(subject, new ProcedureAct())
            ?? throw new RefusalDetail(RefusalCode.NotPermitted, "no rules of the process are in force").ToRpcException();
        DocumentTemplate template = DocumentDrafting.TemplateFor(context.Rules, asked.Kind, subject.Domain, CivilDay.Of(Micros.Of(context.Now)))
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"the rules in force hold no template of {asked.Kind}").ToRpcException();
        DocumentRequest request = new(subject, asked, template, context.Rules, names.For(subject, context), ToBeNumbered, ToBeNumbered, context.Now)
        {
            Agency = NumberGiving.Agency(context.Rules, context.Book, NumberGiving.UnitOf(subject), context.AsOf),
        };
        DocumentOutcome outcome = DocumentDrafting.Make(request);
        return outcome.Draft is { } draft
            ? (draft, $"{DocumentWords.Of(asked.Kind)}-预览", false)
            : throw new RefusalDetail(RefusalCode.NotPermitted, string.Join('；', outcome.Problems.Select(problem => problem.Detail))).ToRpcException();
    }
}
