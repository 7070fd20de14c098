namespace Grpc.Core;

/// <summary>Carries deadline and cancellation of a served call to the calls it makes. This implementation creates none.</summary>
public abstract class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}
