namespace EdgeEnforcement.OperatorConsole.Views;

public enum ErasureMode
{
    Ready,
    Approving,
    Withdrawing,
}
