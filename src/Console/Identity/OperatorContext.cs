namespace EdgeEnforcement.OperatorConsole.Identity;

/// <summary>Until sign-in: who the chooser in the header named, carried by a cookie into the circuit.</summary>
public sealed class OperatorContext : IOperatorContext
{
    public OperatorIdentity Current { get; private set; } = OperatorIdentity.Nobody;

    public void Adopt(OperatorIdentity identity) => Current = identity;
}
