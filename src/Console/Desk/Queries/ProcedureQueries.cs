using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Hosting;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Desk.Queries;

/// <summary>The service's queries of the lawful process with the console's patience. Failures come out as RpcException and are shown by the page.</summary>
public sealed class ProcedureQueries(ProcedureDesk.ProcedureDeskClient client, IOptions<ConsoleOptions> options, TimeProvider time)
{
    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.QuerySeconds);
    private readonly TimeSpan _renderPatience = TimeSpan.FromSeconds(options.Value.CheckSeconds); // a converter is started for a PDF

    /// <param name="officerId">Whose permitted acts; empty: nobody's.</param>
    public async Task<ProcedureView> GetAsync(string caseId, string officerId, ulong atLeast, CancellationToken cancellation) =>
        await client.GetProcedureAsync(new GetProcedureRequest { CaseId = caseId, OfficerId = officerId, AtLeast = atLeast }, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<WorkList> ListAsync(ListWorkRequest request, CancellationToken cancellation) =>
        await client.ListWorkAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    /// <summary>Cases that may belong with one, each with its reasons.</summary>
    public async Task<SuggestAnswer> SuggestAsync(string caseId, CancellationToken cancellation) =>
        await client.SuggestAsync(new SuggestRequest { CaseId = caseId }, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<RulesView> GetRulesAsync(ulong atLeast, CancellationToken cancellation) =>
        await client.GetRulesAsync(new GetRulesRequest { AtLeast = atLeast }, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<RenderedDocument> RenderAsync(RenderDocumentRequest request, CancellationToken cancellation) =>
        await client.RenderDocumentAsync(request, new CallOptions(deadline: (time.GetUtcNow() + _renderPatience).UtcDateTime, cancellationToken: cancellation))
            .ConfigureAwait(false);

    private CallOptions Patiently(CancellationToken cancellation) =>
        new(deadline: (time.GetUtcNow() + _patience).UtcDateTime, cancellationToken: cancellation);
}
