using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Grpc.Core;
using Contract = EdgeEnforcement.Contracts.V1.RegisterDesk;

namespace EdgeEnforcement.IngestService.Desk.Registers;

/// <summary>Queries of the registers only. Nothing here appends.</summary>
internal sealed class RegisterDeskRpc(
    RegisterListQuery lists, RegisterGuardQuery guards, RegisterObjectQuery objects, RegisterTakerQuery takers, ILogger<RegisterDeskRpc> log) : Contract.RegisterDeskBase
{
    public override Task<RegisterPage> ListRegister(ListRegisterRequest request, ServerCallContext context) =>
        AnswerAsync(lists.ListAsync(request, context.CancellationToken), context);

    public override Task<SubjectDetail> GetSubject(GetSubjectRequest request, ServerCallContext context) =>
        AnswerAsync(lists.FindAsync(request, context.CancellationToken), context);

    public override Task<LapsingPage> ListLapsing(ListLapsingRequest request, ServerCallContext context) =>
        AnswerAsync(lists.LapsingAsync(request, context.CancellationToken), context);

    public override Task<GuardAnswer> MayHandle(MayHandleRequest request, ServerCallContext context) =>
        AnswerAsync(guards.MayHandleAsync(request, context.CancellationToken), context);

    public override Task<GuardAnswer> MayAct(MayActRequest request, ServerCallContext context) =>
        AnswerAsync(guards.MayActAsync(request, context.CancellationToken), context);

    public override Task<GuardAnswer> WasAdmitted(WasAdmittedRequest request, ServerCallContext context) =>
        AnswerAsync(guards.WasAdmittedAsync(request, context.CancellationToken), context);

    public override Task<TakerProposals> ProposeTakers(ProposeTakersRequest request, ServerCallContext context) =>
        AnswerAsync(takers.ProposeAsync(request, context.CancellationToken), context);

    public override Task<WorkingDaysAnswer> GetWorkingDays(WorkingDaysRequest request, ServerCallContext context) =>
        AnswerAsync(guards.WorkingDaysAsync(request, context.CancellationToken), context);

    public override Task<RegisterPage> FindObjects(FindObjectsRequest request, ServerCallContext context) =>
        AnswerAsync(objects.FindAsync(request, context.CancellationToken), context);

    public override Task<ObjectRecords> GetObjectRecords(GetObjectRecordsRequest request, ServerCallContext context) =>
        AnswerAsync(objects.RecordsAsync(request, context.CancellationToken), context);

    public override async Task ExportRegister(ExportRegisterRequest request, IServerStreamWriter<ExportChunk> responseStream, ServerCallContext context)
    {
        foreach (byte[] piece in await AnswerAsync(lists.ExportAsync(request, context.CancellationToken), context))
            await responseStream.WriteAsync(new ExportChunk { Content = UnsafeByteOperations.UnsafeWrap(piece) }, context.CancellationToken);
    }

    private Task<T> AnswerAsync<T>(Task<T> query, ServerCallContext context) => DeskBoundary.AnswerAsync(query, context, log);
}
