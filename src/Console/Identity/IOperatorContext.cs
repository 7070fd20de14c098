namespace EdgeEnforcement.OperatorConsole.Identity;

/// <summary>The one place where identity comes in. Sign-in replaces the implementation, nothing else (DESIGN 11).</summary>
public interface IOperatorContext
{
    OperatorIdentity Current { get; }
}
