using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Door.Operator;

/// <summary>The one boundary of acts: what becomes of faults, and how a refusal travels.</summary>
internal static class ActBoundary
{
    private const string CodeTrailer = "ee-refusal-code";
    private const string NameTrailer = "ee-refusal-name";
    private const string GuardsTrailer = "ee-procedure-refusal-bin";

    /// <summary>After a deadline the act may still become durable: the caller asks again and meets CONFLICT.</summary>
    public static async Task<T> GuardAsync<T>(Task<T> act)
    {
        try
        {
            return await act;
        }
        catch (OperationCanceledException)
        {
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "no answer from the ledger before the deadline"));
        }
        catch (LedgerFatalException)
        {
            throw ToException(new RefusalDetail(RefusalCode.LedgerStopped, "the ledger has stopped; nothing is acknowledged"));
        }
    }

    /// <param name="refusal">What the call is answered with.</param>
    /// <param name="guards">Every guard that failed, where guards were asked.</param>
    public static RpcException ToException(RefusalDetail refusal, ProcedureRefusal? guards = null)
    {
        RpcException mapped = refusal.ToRpcException();
        mapped.Trailers.Add(CodeTrailer, ((int)refusal.Code).ToString(CultureInfo.InvariantCulture));
        mapped.Trailers.Add(NameTrailer, RefusalMap.Of(refusal.Code).Name);
        if (guards is not null)
            mapped.Trailers.Add(GuardsTrailer, guards.ToByteArray());
        return mapped;
    }
}
