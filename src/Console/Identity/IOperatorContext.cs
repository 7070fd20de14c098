namespace EdgeEnforcement.OperatorConsole.Identity;

/// <summary>The one place where identity comes in. Sign-in replaces the implementation, nothing else.</summary>
public interface IOperatorContext
{
    OperatorIdentity Current { get; }
}
