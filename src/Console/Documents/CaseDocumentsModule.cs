using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using Grpc.Core;
using Microsoft.Net.Http.Headers;

namespace EdgeEnforcement.OperatorConsole.Documents;

/// <summary>A document of a case as it was issued, for the eye (HTML) or for paper (PDF). The browser talks to the console only.</summary>
internal static class CaseDocumentsModule
{
    private const string Path = "/case-document";

    // The text comes from templates and from people: it may draw itself and nothing else, and only this console may frame it.
    private const string Policy = "sandbox allow-modals; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'";

    public static void MapCaseDocuments(this WebApplication app) => app.MapGet(Path, ShowAsync);

    public static string Address(string caseId, string documentId, bool pdf = false) =>
        $"{Path[1..]}?case={Uri.EscapeDataString(caseId)}&document={Uri.EscapeDataString(documentId)}{(pdf ? "&pdf=true" : "")}";

    private static async Task<IResult> ShowAsync(HttpContext context, ProcedureQueries queries, string? @case, string? document, bool pdf = false)
    {
        if (string.IsNullOrEmpty(@case) || string.IsNullOrEmpty(document))
            return Results.NotFound();
        try
        {
            var rendered = await queries.RenderAsync(new RenderDocumentRequest { CaseId = @case, DocumentId = document, Pdf = pdf }, context.RequestAborted);
            var headers = context.Response.Headers;
            headers.CacheControl = "private, no-store";
            if (!pdf)
                headers.ContentSecurityPolicy = Policy;
            headers.ContentDisposition = Disposition(pdf ? "attachment" : "inline", rendered.FileName);
            return Results.Bytes(rendered.Content.ToByteArray(), rendered.MediaType);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound)
        {
            return Results.NotFound();
        }
        catch (RpcException exception)
        {
            // No converter for PDF, or the service is away: the reason, as text.
            var status = exception.StatusCode is StatusCode.FailedPrecondition ? StatusCodes.Status409Conflict : StatusCodes.Status502BadGateway;
            return Results.Text(exception.Status.Detail, statusCode: status);
        }
    }

    private static string Disposition(string kind, string fileName)
    {
        var disposition = new ContentDispositionHeaderValue(kind);
        disposition.SetHttpFileName(fileName.Length > 0 ? fileName : "document");
        return disposition.ToString();
    }
}
