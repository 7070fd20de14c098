using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Rules;

/// <summary>One step of a device's admission: it follows the state the device is in, an event's suspension included, and brings what the step needs.</summary>
internal static class AdmissionRules
{
    public static IEnumerable<RuleFault> Of(string deviceId, AdmissionStep step, RuleScope scope)
    {
        if (scope.Missing(RegisterKind.Device, deviceId, "id") is { } missing)
        {
            yield return missing;
            yield break;
        }

        RegisteredDevice device = scope.After.InForce(RegisterKind.Device, deviceId, scope.AsOf)!.Change.Device; // it is not missing
        if (AdmissionSteps.GuardAgainst(device.AdmissionClass, StateBefore(deviceId, device, scope), step.State) is { } guard)
            yield return new RuleFault("state", guard);
        foreach (RuleFault fault in Needs(step, device, scope))
            yield return fault;
        if (step.State == AdmissionState.Admitted && device.AdmissionClass == AdmissionClass.AgencyMonitor)
        {
            foreach (RuleFault fault in Admitting(deviceId, device, scope))
                yield return fault;
        }
    }

    /// What an event or a move did counts as suspended; a verification that ran out does not: the new one is what lets it in again.
    private static AdmissionState StateBefore(string deviceId, RegisteredDevice device, RuleScope scope)
    {
        AdmissionState written = scope.Before.InForce(RegisterKind.Admission, deviceId, scope.AsOf)?.Change.Admission.State ?? AdmissionState.Unspecified;
        return written == AdmissionState.Admitted && AdmissionPolicy.WasAdmitted(scope.Before, deviceId, scope.AsOf) is { Allowed: false }
            && device.AdmissionClass != AdmissionClass.Recorder ? AdmissionState.Suspended : written;
    }

    private static IEnumerable<RuleFault> Needs(AdmissionStep step, RegisteredDevice device, RuleScope scope)
    {
        if (step.State is AdmissionState.TechReviewed or AdmissionState.LegalReviewed or AdmissionState.Accepted or AdmissionState.NetworkFiled
            && step.Document.Trim().Length == 0)
            yield return new RuleFault("document", $"{step.State} rests on a document");
        if (step.State == AdmissionState.TechReviewed && step.Standard.Trim().Length == 0)
            yield return new RuleFault("standard", "the standard it meets is missing (APL 41: technical review)");
        if (step.State == AdmissionState.Published && step.Publication.Trim().Length == 0)
            yield return new RuleFault("publication", "where and when its location was published is missing (APL 41)");
        if (step.State == AdmissionState.Published && device.Place.Length == 0 && device.RoadOrArea.Count == 0)
            yield return new RuleFault("publication", "the device has no place that could have been published");
        if (step.State == AdmissionState.Registered && device.AdmissionClass == AdmissionClass.AgencyMonitor
            && scope.After.InForce(RegisterKind.Item, step.ItemId, scope.AsOf) is not { Change.Item.OffSite: true })
            yield return new RuleFault("item_id", "no item of the agency's published off-site list (非现场执法) is named");
    }

    private static IEnumerable<RuleFault> Admitting(string deviceId, RegisteredDevice device, RuleScope scope)
    {
        if (AdmissionPolicy.VerificationOn(device, scope.AsOf.Day) is null)
            yield return new RuleFault("state", $"no verification certificate counts on {CivilDay.ToText(scope.AsOf.Day)}");
        RegisterVersion? published = scope.Before.Find(RegisterKind.Admission, deviceId)?.Versions
            .LastOrDefault(version => version.Change is { Ended: false, Admission.State: AdmissionState.Published });
        RegisterVersion? then = published is null
            ? null : scope.After.InForce(RegisterKind.Device, deviceId, scope.AsOf with { AtMicros = published.FromMicros });
        if (then is not null && (then.Change.Device.Place != device.Place || !Equals(then.Change.Device.Position, device.Position)
            || !then.Change.Device.RoadOrArea.SequenceEqual(device.RoadOrArea)))
            yield return new RuleFault("state", $"it stood elsewhere when its location was published ({then.Change.Device.Place}): review and publish again");
    }
}
