namespace Grpc.Core;

/// <summary>Carries deadline and cancellation of a served call to the calls it makes.</summary>
public class ContextPropagationToken
{
    internal ContextPropagationToken(DateTime? deadline, CancellationToken cancellationToken)
    {
        Deadline = deadline;
        CancellationToken = cancellationToken;
    }

    /// <summary>Null when it is not inherited.</summary>
    internal DateTime? Deadline { get; }

    internal CancellationToken CancellationToken { get; }
}
