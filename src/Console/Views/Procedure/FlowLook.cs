namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>How a box or a way is drawn.</summary>
public enum FlowLook
{
    /// <summary>On the ordinary way, and not there yet.</summary>
    Ahead,
    Possible,
    Gone,
    Current,
}
