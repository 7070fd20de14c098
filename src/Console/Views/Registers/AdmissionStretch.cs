using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>From one instant to the next, exclusive, the guard gives this answer.</summary>
public sealed record AdmissionStretch(DateTimeOffset From, DateTimeOffset Until, GuardAnswer Answer)
{
    /// <summary>"admitted", "suspended", "retired", or "none": under review or not begun.</summary>
    public string Style => Answer switch
    {
        { Allowed: true } => "admitted",
        { Admission: AdmissionState.Suspended } => "suspended",
        { Admission: AdmissionState.Retired } => "retired",
        _ => "none",
    };
}
