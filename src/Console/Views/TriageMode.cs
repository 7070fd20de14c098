namespace EdgeEnforcement.OperatorConsole.Views;

public enum TriageMode
{
    Ready,
    Closing,
    MakingLead,
}
