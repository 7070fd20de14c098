using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>
/// "Was this device admitted at that instant." Persons write the steps (V0 to V6); what suspends by itself is read here and needs nobody to
/// write it down: an event of the device, a verification that ran out, a place or firmware that is not the one that was admitted.
/// A device of a class that needs no admission passes.
/// </summary>
internal static class AdmissionPolicy
{
    public static GuardAnswer WasAdmitted(RegisterBook book, string deviceId, RegisterAsOf asOf)
    {
        GuardSteps steps = new(asOf);
        RegisterVersion? device = book.InForce(RegisterKind.Device, deviceId, asOf);
        if (!steps.Step("DEVICE", device is not null, device is null ? Said.Of($"no device {deviceId} is in the register then") : device.Change.Device.Serial, device))
            return steps.End();
        RegisteredDevice known = device!.Change.Device; // the step above ended without it
        if (known.AdmissionClass == AdmissionClass.None)
        {
            steps.Step("CLASS", true, "its class needs no admission", device);
            return steps.End();
        }

        RegisterVersion? step = book.InForce(RegisterKind.Admission, deviceId, asOf);
        AdmissionState state = step?.Change.Admission.State ?? AdmissionState.Unspecified;
        steps.Step("CLASS", known.AdmissionClass != AdmissionClass.Unspecified, $"{known.AdmissionClass}", device);
        if (!steps.Step("STATE", state == AdmissionState.Admitted, step is null ? "nobody has begun its admission"
            : Said.Of($"{state} since {CivilDay.ToText(CivilDay.Of(step.FromMicros))}: {step.Change.Reason}"), step))
            return steps.End(answer => answer.Admission = state);
        Verification(steps, known, asOf.Day, device);
        Events(steps, book, deviceId, known.AdmissionClass, asOf);
        SamePlace(steps, book, deviceId, device, step!, asOf);
        return steps.End(answer => answer.Admission = answer.Allowed ? AdmissionState.Admitted : AdmissionState.Suspended);
    }

    /// <summary>What suspends the device at that instant and was not lifted by admitting it again since.</summary>
    public static SuspendingEvent? Suspends(RegisterBook book, string deviceId, AdmissionClass admissionClass, RegisterAsOf asOf)
    {
        if (admissionClass is AdmissionClass.Recorder or AdmissionClass.None)
            return null; // art. 41 is about monitoring devices; a recorder's own events are judged with its footage
        return book.EventsOf(deviceId).LastOrDefault(happened =>
            asOf.Knows(happened.Entry, happened.IngestMicros) && happened.AtMicros <= asOf.AtMicros && !IsLifted(book, deviceId, happened, asOf));
    }

    // Lifted only by who knew of it: a step written before the event was known says nothing about it.
    private static bool IsLifted(RegisterBook book, string deviceId, SuspendingEvent happened, RegisterAsOf asOf) =>
        book.Find(RegisterKind.Admission, deviceId) is { } admission && admission.Versions.Any(version =>
            version.Entry > happened.Entry && asOf.Knows(version.Entry, version.IngestMicros)
            && version.Change is { Ended: false, Admission.State: AdmissionState.Admitted }
            && version.FromMicros >= happened.AtMicros && version.FromMicros <= asOf.AtMicros);

    private static void Events(GuardSteps steps, RegisterBook book, string deviceId, AdmissionClass admissionClass, RegisterAsOf asOf)
    {
        if (Suspends(book, deviceId, admissionClass, asOf) is not { } happened)
        {
            steps.Step("EVENTS", true, "no event suspends it");
            return;
        }

        steps.Step("EVENTS", false, $"suspended by entry {happened.Entry}: {happened.Cause:@Mark}, {happened.Detail}");
    }

    private static void Verification(GuardSteps steps, RegisteredDevice device, DateOnly day, RegisterVersion version)
    {
        if (device.AdmissionClass == AdmissionClass.Recorder
            || (device.AdmissionClass == AdmissionClass.PartyOperated && device.Verifications.Count == 0))
            return;
        VerificationCertificate? counts = VerificationOn(device, day);
        VerificationCertificate? last = device.Verifications.OrderByDescending(known => known.ThroughDay, StringComparer.Ordinal).FirstOrDefault();
        steps.Step("VERIFICATION", counts is not null,
            counts is not null ? Said.Of($"{counts.Number} counts {DayPeriod.Of(counts.FromDay, counts.ThroughDay)}")
            : last is null ? "it has no verification certificate (检定证书)"
            : Said.Of($"no verification counts on {CivilDay.ToText(day)}; {last.Number} counts {DayPeriod.Of(last.FromDay, last.ThroughDay)}"), version);
    }

    public static VerificationCertificate? VerificationOn(RegisteredDevice device, DateOnly day) =>
        device.Verifications.FirstOrDefault(known => DayPeriod.Of(known.FromDay, known.ThroughDay).Holds(day));

    private static void SamePlace(
        GuardSteps steps, RegisterBook book, string deviceId, RegisterVersion now, RegisterVersion step, RegisterAsOf asOf)
    {
        RegisterVersion? then = book.InForce(RegisterKind.Device, deviceId, asOf with { AtMicros = step.FromMicros });
        Said? differs = then is null || then == now ? null : Difference(then.Change.Device, now.Change.Device);
        steps.Step("PLACE", differs is null, differs ?? "as it was when it was admitted", now, then);
    }

    private static Said? Difference(RegisteredDevice then, RegisteredDevice now)
    {
        if (then.Place != now.Place || !Equals(then.Position, now.Position) || !then.RoadOrArea.SequenceEqual(now.RoadOrArea))
            return $"moved since it was admitted: {then.Place} → {now.Place}";
        return then.Firmware == now.Firmware ? null : Said.Of($"other firmware than was admitted: {then.Firmware} → {now.Firmware}");
    }
}
