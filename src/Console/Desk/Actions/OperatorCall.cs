using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Hosting;
using EdgeEnforcement.OperatorConsole.Identity;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Desk.Actions;

/// <summary>One act on its way to the service and what came of it. Sent once, never again by itself; nobody acts without a name.</summary>
public sealed class OperatorCall(IOperatorContext context, ILogger<OperatorCall> logger)
{
    private const string RefusalNameTrailer = "ee-refusal-name";
    private const string RefusalTrailer = "refusal-bin";
    private const string GuardsTrailer = "ee-procedure-refusal-bin";
    private const string ReadOnlyRefusal = "READ_ONLY";

    /// <param name="send">The act and its answer: the subject, its version, its entry, and the ledger's size.</param>
    public async Task<ActOutcome> RunAsync(
        string act, string subject, Func<Actor, Task<(string SubjectId, ulong Version, ulong EntryIndex, ulong LedgerSize)>> send)
    {
        if (!context.Current.IsKnown)
            return new(ActResult.NobodyActs);
        try
        {
            var answer = await send(context.Current.ToActor()).ConfigureAwait(false);
            logger.ActDone(context.Current.Id, act, answer.SubjectId, answer.EntryIndex);
            return new(ActResult.Done, answer.SubjectId, answer.Version, answer.LedgerSize);
        }
        catch (RpcException exception)
        {
            return Understand(act, subject, exception);
        }
    }

    /// The refusal as the service wrote it; empty from a service that sends the status alone.
    private static Refusal Whole(RpcException exception) =>
        exception.Trailers.GetValueBytes(RefusalTrailer) is { } bytes ? Refusal.Parser.ParseFrom(bytes) : new Refusal();

    private ActOutcome Understand(string act, string subject, RpcException exception)
    {
        var refusal = exception.Trailers.GetValue(RefusalNameTrailer) ?? exception.StatusCode.ToString();
        switch (exception.StatusCode)
        {
            case StatusCode.Aborted:
                logger.ActRefused(context.Current.Id, act, subject, refusal);
                return new(ActResult.Conflict, subject, Refusal: refusal, Detail: exception.Status.Detail) { Said = Whole(exception).Said };
            // A restored ledger takes nothing: an answer, unlike a service that is away.
            case StatusCode.Unavailable when refusal == ReadOnlyRefusal:
            case StatusCode.FailedPrecondition or StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.PermissionDenied
                or StatusCode.ResourceExhausted or StatusCode.Unauthenticated or StatusCode.Unimplemented:
                logger.ActRefused(context.Current.Id, act, subject, refusal);
                var whole = Whole(exception);
                return new(ActResult.Refused, subject, Refusal: refusal, Detail: exception.Status.Detail)
                {
                    Field = whole.Field, Said = whole.Said, Unlawful = GuardsOf(exception),
                };
            default:
                logger.ActUnanswered(context.Current.Id, act, subject, $"{exception.StatusCode}: {exception.Status.Detail}");
                return new(ActResult.Unknown, subject, Refusal: refusal, Detail: exception.Status.Detail);
        }
    }

    private static ProcedureRefusal? GuardsOf(RpcException exception)
    {
        try
        {
            return exception.Trailers.GetValueBytes(GuardsTrailer) is { } bytes ? ProcedureRefusal.Parser.ParseFrom(bytes) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null; // the refusal's own sentence is still there
        }
    }
}
