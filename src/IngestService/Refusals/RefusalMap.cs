using System.Collections.Frozen;
using EdgeEnforcement.Contracts.V1;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Refusals;

/// <summary>
/// What each refusal is called and becomes at each door. docs/refusals.json is the list; a test compares the two, so a door
/// cannot invent a code or a mapping of its own.
/// </summary>
internal static class RefusalMap
{
    /// <summary>Trailer that carries the <see cref="Refusal"/> message beside the gRPC status.</summary>
    public const string Trailer = "refusal-bin";

    private const bool Permanent = true;
    private const bool Later = false;

    private static readonly FrozenDictionary<RefusalCode, RefusalEntry> Entries = new Dictionary<RefusalCode, RefusalEntry>
    {
        [RefusalCode.Malformed] = new("MALFORMED", Permanent, "receiving", StatusCode.InvalidArgument, 400, 0x99),
        [RefusalCode.TooLarge] = new("TOO_LARGE", Permanent, "receiving", StatusCode.ResourceExhausted, 413, 0x95),
        [RefusalCode.UnknownProducer] = new("UNKNOWN_PRODUCER", Later, "admitting", StatusCode.Unauthenticated, 401, 0x87),
        [RefusalCode.BadSignature] = new("BAD_SIGNATURE", Permanent, "admitting", StatusCode.Unauthenticated, 401, 0x87),
        [RefusalCode.IdentityMismatch] = new("IDENTITY_MISMATCH", Permanent, "admitting", StatusCode.PermissionDenied, 403, 0x87),
        [RefusalCode.BadIdentity] = new("BAD_IDENTITY", Permanent, "admitting", StatusCode.InvalidArgument, 400, 0x99),
        [RefusalCode.StaleEpoch] = new("STALE_EPOCH", Permanent, "admitting", StatusCode.FailedPrecondition, 409, 0x83),
        [RefusalCode.UnknownType] = new("UNKNOWN_TYPE", Permanent, "admitting", StatusCode.InvalidArgument, 400, 0x99),
        [RefusalCode.TooManyGaps] = new("TOO_MANY_GAPS", Later, "appending", StatusCode.ResourceExhausted, 429, 0x97),
        [RefusalCode.Conflict] = new("CONFLICT", Permanent, "appending", StatusCode.Aborted, 409, 0x83),
        [RefusalCode.Busy] = new("BUSY", Later, "appending", StatusCode.ResourceExhausted, 503, 0x97),
        [RefusalCode.NotAManifest] = new("NOT_A_MANIFEST", Permanent, "receiving", StatusCode.FailedPrecondition, 409, 0x83),
        [RefusalCode.NoSuchEntry] = new("NO_SUCH_ENTRY", Later, "receiving", StatusCode.NotFound, 404, 0x83),
        [RefusalCode.Fenced] = new("FENCED", Permanent, "receiving", StatusCode.Aborted, 409, 0x8E),
        [RefusalCode.ChunkMismatch] = new("CHUNK_MISMATCH", Later, "receiving", StatusCode.DataLoss, 422, 0x99),
        [RefusalCode.ChunkOutOfRange] = new("CHUNK_OUT_OF_RANGE", Permanent, "receiving", StatusCode.InvalidArgument, 400, 0x99),
        [RefusalCode.ChunksMissing] = new("CHUNKS_MISSING", Later, "receiving", StatusCode.FailedPrecondition, 409, 0x83),
        [RefusalCode.FileMismatch] = new("FILE_MISMATCH", Permanent, "receiving", StatusCode.DataLoss, 422, 0x99),
        [RefusalCode.KeyChanged] = new("KEY_CHANGED", Permanent, "admitting", StatusCode.PermissionDenied, 403, 0x87),
        [RefusalCode.NotLoopback] = new("NOT_LOOPBACK", Permanent, "admitting", StatusCode.PermissionDenied, 403, 0x87),
        [RefusalCode.NotPermitted] = new("NOT_PERMITTED", Permanent, "admitting", StatusCode.FailedPrecondition, 409, 0x87),
        [RefusalCode.UnknownSubject] = new("UNKNOWN_SUBJECT", Permanent, "admitting", StatusCode.NotFound, 404, 0x83),
        [RefusalCode.IncompleteAct] = new("INCOMPLETE_ACT", Permanent, "receiving", StatusCode.InvalidArgument, 400, 0x99),
        [RefusalCode.LedgerStopped] = new("LEDGER_STOPPED", Later, "appending", StatusCode.Unavailable, 503, 0x88),
        [RefusalCode.Erased] = new("ERASED", Permanent, "receiving", StatusCode.NotFound, 410, 0x83),
        [RefusalCode.ReadOnly] = new("READ_ONLY", Later, "admitting", StatusCode.Unavailable, 503, 0x88),
    }.ToFrozenDictionary();

    public static RefusalEntry Of(RefusalCode code) => Entries[code];

    /// <summary>The refusal as a message of the wire contract.</summary>
    public static Refusal ToMessage(this RefusalDetail refusal)
    {
        var entry = Of(refusal.Code);
        return new Refusal
        {
            Code = (uint)refusal.Code,
            Name = entry.Name,
            Permanent = entry.Permanent,
            Detail = refusal.Detail,
            Stage = entry.Stage,
            Field = refusal.Field,
            Said = refusal.Said?.ToSentence(),
        };
    }

    /// <summary>The refusal as the end of a gRPC call: its status, and the whole message in the trailer.</summary>
    public static RpcException ToRpcException(this RefusalDetail refusal)
    {
        var entry = Of(refusal.Code);
        var trailers = new Metadata { { Trailer, Google.Protobuf.MessageExtensions.ToByteArray(refusal.ToMessage()) } };
        return new RpcException(new Status(entry.Grpc, $"{entry.Name}: {refusal.Detail}"), trailers);
    }
}
