using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Rules;

internal static class DeviceRules
{
    public static IEnumerable<RuleFault> Of(string id, RegisteredDevice device, RuleScope scope)
    {
        foreach (RuleFault fault in FieldRules.Known(device.Type, "type").Concat(FieldRules.Known(device.AdmissionClass, "admission_class"))
            .Concat(FieldRules.Present(device.Serial, "serial")).Concat(scope.AllMissing(RegisterKind.Unit, [device.UnitId], "unit_id"))
            .Concat(device.Verifications.SelectMany(known => FieldRules.Present(known.Number, "verifications")
                .Concat(FieldRules.Period(known.FromDay, known.ThroughDay, "verifications")))))
            yield return fault;
        if (device.AdmissionClass == AdmissionClass.Recorder != (device.Type == RegisteredDeviceType.Recorder))
            yield return new RuleFault("admission_class", "recorders, and nothing else, are of class recorder");
        if (device.Position is { } position && !(Math.Abs(position.Latitude) <= 90 && Math.Abs(position.Longitude) <= 180))
            yield return new RuleFault("position", "is on no map");
        if (device.Verifications.GroupBy(known => known.Number).FirstOrDefault(known => known.Count() > 1) is { } twice)
            yield return new RuleFault("verifications", $"{twice.Key} stands there twice");
        if (device.Serial.Trim().Length == 0)
            yield break;
        foreach (RegisterVersion other in scope.After.OwnedBy(RegisterKind.Device, RegisterContent.SerialKey(device), scope.AsOf))
        {
            if (other.Change.Id != id)
                yield return new RuleFault("serial", $"{device.Serial} is the serial of {other.Change.Id} already");
        }
    }
}
