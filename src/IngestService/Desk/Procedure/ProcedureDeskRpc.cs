using EdgeEnforcement.Contracts.V1;
using Grpc.Core;
using Contract = EdgeEnforcement.Contracts.V1.ProcedureDesk;

namespace EdgeEnforcement.IngestService.Desk.Procedure;

/// <summary>Queries of the process only. Nothing here appends.</summary>
internal sealed class ProcedureDeskRpc(
    ProcedureQuery cases, WorkQuery work, DocumentQuery documents, SuggestionQuery suggestions, ILogger<ProcedureDeskRpc> log) : Contract.ProcedureDeskBase
{
    public override Task<ProcedureView> GetProcedure(GetProcedureRequest request, ServerCallContext context) =>
        AnswerAsync(cases.FindAsync(request, context.CancellationToken), context);

    public override Task<WorkList> ListWork(ListWorkRequest request, ServerCallContext context) =>
        AnswerAsync(work.ListAsync(request, context.CancellationToken), context);

    public override Task<RenderedDocument> RenderDocument(RenderDocumentRequest request, ServerCallContext context) =>
        AnswerAsync(documents.RenderAsync(request, context.CancellationToken), context);

    public override Task<RulesView> GetRules(GetRulesRequest request, ServerCallContext context) =>
        AnswerAsync(cases.RulesAsync(request, context.CancellationToken), context);

    public override Task<SuggestAnswer> Suggest(SuggestRequest request, ServerCallContext context) =>
        AnswerAsync(suggestions.RunAsync(request, context.CancellationToken), context);

    private Task<T> AnswerAsync<T>(Task<T> query, ServerCallContext context) => DeskBoundary.AnswerAsync(query, context, log);
}
