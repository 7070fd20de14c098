using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>
/// Which step follows which, by class, as data. Agency monitors: V0 to V6 of APL art. 41. Recorders: art. 47, register, check, issue.
/// Party-operated stations: acceptance and network filing.
/// </summary>
internal static class AdmissionSteps
{
    private static readonly HashSet<(AdmissionClass Class, AdmissionState From, AdmissionState To)> Allowed =
    [
        (AdmissionClass.AgencyMonitor, AdmissionState.Unspecified, AdmissionState.Registered),
        (AdmissionClass.AgencyMonitor, AdmissionState.Registered, AdmissionState.TechReviewed),
        (AdmissionClass.AgencyMonitor, AdmissionState.TechReviewed, AdmissionState.LegalReviewed),
        (AdmissionClass.AgencyMonitor, AdmissionState.LegalReviewed, AdmissionState.Published),
        (AdmissionClass.AgencyMonitor, AdmissionState.Published, AdmissionState.Admitted),
        (AdmissionClass.AgencyMonitor, AdmissionState.Admitted, AdmissionState.Suspended),
        (AdmissionClass.AgencyMonitor, AdmissionState.Suspended, AdmissionState.Admitted),
        (AdmissionClass.AgencyMonitor, AdmissionState.Suspended, AdmissionState.TechReviewed),

        (AdmissionClass.Recorder, AdmissionState.Unspecified, AdmissionState.Registered),
        (AdmissionClass.Recorder, AdmissionState.Registered, AdmissionState.Checked),
        (AdmissionClass.Recorder, AdmissionState.Checked, AdmissionState.Admitted),
        (AdmissionClass.Recorder, AdmissionState.Admitted, AdmissionState.Suspended),
        (AdmissionClass.Recorder, AdmissionState.Suspended, AdmissionState.Checked),

        (AdmissionClass.PartyOperated, AdmissionState.Unspecified, AdmissionState.Registered),
        (AdmissionClass.PartyOperated, AdmissionState.Registered, AdmissionState.Accepted),
        (AdmissionClass.PartyOperated, AdmissionState.Accepted, AdmissionState.NetworkFiled),
        (AdmissionClass.PartyOperated, AdmissionState.NetworkFiled, AdmissionState.Admitted),
        (AdmissionClass.PartyOperated, AdmissionState.Admitted, AdmissionState.Suspended),
        (AdmissionClass.PartyOperated, AdmissionState.Suspended, AdmissionState.Admitted),
        (AdmissionClass.PartyOperated, AdmissionState.Suspended, AdmissionState.Accepted),
    ];

    /// <summary>Null when the step may be taken; else why not. Retiring (V6) is possible from every state but itself.</summary>
    public static Said? GuardAgainst(AdmissionClass admissionClass, AdmissionState from, AdmissionState to)
    {
        if (admissionClass is AdmissionClass.None or AdmissionClass.Unspecified)
            return $"a device of class {admissionClass} is not admitted";
        if (to == AdmissionState.Retired)
            return from is AdmissionState.Unspecified or AdmissionState.Retired ? Said.Of($"{to} cannot follow {from}") : null;
        return Allowed.Contains((admissionClass, from, to)) ? null : Said.Of($"{to} cannot follow {from} for class {admissionClass}");
    }
}
