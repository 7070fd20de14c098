namespace Grpc.Core;

/// <summary>What a call made inside a call inherits.</summary>
public class ContextPropagationOptions
{
    /// <summary>Deadline and cancellation.</summary>
    public static readonly ContextPropagationOptions Default = new();

    /// <summary>Chooses what is inherited.</summary>
    public ContextPropagationOptions(bool propagateDeadline = true, bool propagateCancellation = true)
    {
        IsPropagateDeadline = propagateDeadline;
        IsPropagateCancellation = propagateCancellation;
    }

    /// <summary>The deadline is inherited.</summary>
    public bool IsPropagateDeadline { get; }

    /// <summary>Cancellation is inherited.</summary>
    public bool IsPropagateCancellation { get; }
}
