namespace Grpc.Core;

/// <summary>The outcome of a call as it travels in <c>grpc-status</c>; numbers are fixed by the gRPC protocol.</summary>
public enum StatusCode
{
    /// <summary>Done.</summary>
    OK = 0,

    /// <summary>The caller gave the call up.</summary>
    Cancelled = 1,

    /// <summary>Failed for a reason the other side did not name.</summary>
    Unknown = 2,

    /// <summary>The request can never be right, whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>Time ran out before the answer.</summary>
    DeadlineExceeded = 4,

    /// <summary>No such thing.</summary>
    NotFound = 5,

    /// <summary>The thing to create is there already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota or size limit is reached.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state this operation needs.</summary>
    FailedPrecondition = 9,

    /// <summary>A concurrent change got in the way.</summary>
    Aborted = 10,

    /// <summary>Past the valid range.</summary>
    OutOfRange = 11,

    /// <summary>This server does not know the operation.</summary>
    Unimplemented = 12,

    /// <summary>An invariant of one of the two sides is broken.</summary>
    Internal = 13,

    /// <summary>Not reachable now; try again with a pause.</summary>
    Unavailable = 14,

    /// <summary>Data are lost or damaged for good.</summary>
    DataLoss = 15,

    /// <summary>The caller did not prove who it is.</summary>
    Unauthenticated = 16,
}
