using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Hosting;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.OperatorConsole.Desk.Queries;

/// <summary>The service's queries of the registers with the console's patience. Failures come out as RpcException and are shown by the page.</summary>
public sealed class RegisterQueries(RegisterDesk.RegisterDeskClient client, IOptions<ConsoleOptions> options, TimeProvider time)
{
    private const uint RowsPerCall = 500; // the most the service gives

    private readonly TimeSpan _patience = TimeSpan.FromSeconds(options.Value.QuerySeconds);

    public async Task<RegisterPage> ListAsync(ListRegisterRequest request, CancellationToken cancellation) =>
        await client.ListRegisterAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    /// <summary>A whole register: units, items, grants, territories, which are hundreds and not thousands.</summary>
    public async Task<IReadOnlyList<SubjectRow>> AllAsync(RegisterKind kind, ulong atLeast, CancellationToken cancellation)
    {
        var rows = new List<SubjectRow>();
        var page = "";
        do
        {
            var answer = await ListAsync(new ListRegisterRequest { AtLeast = atLeast, Kind = kind, PageSize = RowsPerCall, Page = page }, cancellation).ConfigureAwait(false);
            rows.AddRange(answer.Rows);
            page = answer.NextPage;
        }
        while (page.Length > 0);
        return rows;
    }

    /// <summary>Null when there never was such a subject.</summary>
    public async Task<SubjectDetail?> FindAsync(RegisterKind kind, string id, ulong atLeast, CancellationToken cancellation)
    {
        try
        {
            return await client.GetSubjectAsync(new GetSubjectRequest { AtLeast = atLeast, Kind = kind, Id = id }, Patiently(cancellation)).ConfigureAwait(false);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    public async Task<GuardAnswer> MayHandleAsync(MayHandleRequest request, CancellationToken cancellation) =>
        await client.MayHandleAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<GuardAnswer> MayActAsync(MayActRequest request, CancellationToken cancellation) =>
        await client.MayActAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<TakerProposals> ProposeTakersAsync(ProposeTakersRequest request, CancellationToken cancellation) =>
        await client.ProposeTakersAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<GuardAnswer> WasAdmittedAsync(string deviceId, DateTimeOffset? at, ulong atLeast, CancellationToken cancellation) =>
        await client.WasAdmittedAsync(new WasAdmittedRequest { AtLeast = atLeast, DeviceId = deviceId, At = at?.ToTimestamp() }, Patiently(cancellation))
            .ConfigureAwait(false);

    public async Task<LapsingPage> ListLapsingAsync(ListLapsingRequest request, CancellationToken cancellation) =>
        await client.ListLapsingAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    public async Task<RegisterPage> FindObjectsAsync(FindObjectsRequest request, CancellationToken cancellation) =>
        await client.FindObjectsAsync(request, Patiently(cancellation)).ConfigureAwait(false);

    /// <summary>Null when there is no such object.</summary>
    public async Task<ObjectRecords?> FindRecordsAsync(GetObjectRecordsRequest request, CancellationToken cancellation)
    {
        try
        {
            return await client.GetObjectRecordsAsync(request, Patiently(cancellation)).ConfigureAwait(false);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }

    private CallOptions Patiently(CancellationToken cancellation) =>
        new(deadline: (time.GetUtcNow() + _patience).UtcDateTime, cancellationToken: cancellation);
}
