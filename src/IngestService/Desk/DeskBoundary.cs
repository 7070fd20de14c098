using Grpc.Core;

namespace EdgeEnforcement.IngestService.Desk;

/// <summary>The one boundary of queries: what becomes of a deadline and of a fault.</summary>
internal static class DeskBoundary
{
    public static async Task<T> AnswerAsync<T>(Task<T> query, ServerCallContext context, ILogger log)
    {
        try
        {
            return await query;
        }
        catch (OperationCanceledException)
        {
            // The deadline passed, or the caller left and reads no status: either way at_least was not reached in time.
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "not projected that far before the deadline"));
        }
        catch (Exception fault) when (fault is not RpcException)
        {
            log.QueryFailed(context.Method, fault);
            throw new RpcException(new Status(StatusCode.Internal, "the query failed; the log says why"));
        }
    }
}
