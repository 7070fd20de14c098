using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases.Lifecycle;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Projections.Erasures;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Erasure;

/// <summary>(erasure at the version the actor saw, act) to fact or refusal. Pure.</summary>
internal static class ErasureDecider
{
    public static Decision Approve(ErasureSnapshot erasure, Actor actor)
    {
        if (GuardAgainst(erasure, actor) is { } guard)
            return Decision.Refuse(RefusalCode.NotPermitted, guard);
        return Decision.Append(new Record
        {
            Preconditions = { Unmoved(erasure) },
            Sensitivity = Sensitivity.Internal,
            ErasureApproved = new ErasureApproved { ErasureId = erasure.Request.ErasureId, Actor = actor },
        });
    }

    /// <summary>The second approval: the deletion leaf, for what the scan found and where the clerk stood.</summary>
    public static Record Erase(ErasureSnapshot erasure, Actor first, Actor second, ErasureScan scan, Standstill clerk)
    {
        Erased erased = new()
        {
            ErasureId = erasure.Request.ErasureId,
            Reason = erasure.Request.Reason,
            Article = erasure.Request.Article,
            Requester = erasure.Request.Actor,
            Approvers = { first, second },
            RequestIndex = erasure.RequestIndex,
            ClerkPosition = clerk.Position,
            ClerkNextSequence = clerk.NextSequence,
        };
        erased.Ranges.AddRange(IndexRange.Of(scan.Items().Select(item => item.EntryIndex)).Select(range => range.ToMessage()));
        erased.Remaining.AddRange(scan.Remaining);
        erased.Advances.AddRange(scan.Advances());
        return new Record { Preconditions = { Unmoved(erasure) }, Sensitivity = Sensitivity.Internal, Erased = erased };
    }

    public static Decision Withdraw(ErasureSnapshot erasure, Actor actor, string reason) => IsOpen(erasure)
        ? Decision.Append(new Record
        {
            Preconditions = { Unmoved(erasure) },
            Sensitivity = Sensitivity.Internal,
            ErasureWithdrawn = new ErasureWithdrawn { ErasureId = erasure.Request.ErasureId, Actor = actor, Reason = reason },
        })
        : Decision.Refuse(RefusalCode.NotPermitted, Ended(erasure));

    public static string? GuardAgainst(ErasureSnapshot erasure, Actor actor)
    {
        if (!IsOpen(erasure))
            return Ended(erasure);
        if (IsSame(erasure.Request.Actor, actor))
            return "who requests an erasure does not approve it";
        return erasure.Approver is { } first && IsSame(first, actor) ? "the second approval is another person's" : null;
    }

    private static bool IsSame(Actor one, Actor other) => string.Equals(one.Id.Trim(), other.Id.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool IsOpen(ErasureSnapshot erasure) => erasure.State is ErasureState.Requested or ErasureState.ApprovedOnce;

    private static string Ended(ErasureSnapshot erasure) =>
        erasure.State == ErasureState.Erased ? "the erasure is done" : "the erasure was withdrawn";

    private static StreamPrecondition Unmoved(ErasureSnapshot erasure) =>
        new() { Stream = ErasureStream.Of(erasure.Request.ErasureId), ExpectedVersion = erasure.Version };
}
