using System.Globalization;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Server;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>Outcomes as answers to PUBLISH. The reason codes are those of docs/refusals.json, as far as PUBACK and PUBREC may carry them.</summary>
internal static class PublishAnswers
{
    /// <summary>User property with the entry's index: what a 5.0 publisher is told of where his message lies.</summary>
    public const string EntryProperty = "entry";

    /// <summary>User property with the refusal's name.</summary>
    public const string RefusalProperty = "refusal";

    public static IntakeAnswer Refused(RefusalDetail refusal) => new(
        ReasonOf(refusal.Code), IsKept: false, ReasonString: refusal.Detail, UserProperties: [new UserProperty(RefusalProperty, RefusalMap.Of(refusal.Code).Name)]);

    /// <summary>Kept, though it is not what it should be.</summary>
    public static IntakeAnswer Quarantined(RefusalDetail refusal, EntryIndex index, ulong keptAt) => new(
        ReasonOf(refusal.Code), IsKept: true, keptAt, refusal.Detail,
        [new UserProperty(RefusalProperty, RefusalMap.Of(refusal.Code).Name), Entry(index)]);

    public static IntakeAnswer Kept(EntryIndex index, ulong keptAt, bool tells) =>
        new(ReasonCode.Success, IsKept: true, keptAt, UserProperties: tells ? [Entry(index)] : null);

    /// <summary>Section 3.4.2.1 lists what PUBACK may say; the rest of our vocabulary becomes "implementation specific", and the refusal's name stands beside it.</summary>
    public static ReasonCode ReasonOf(RefusalCode code) => (ReasonCode)RefusalMap.Of(code).Mqtt is var reason && reason
        is ReasonCode.NotAuthorized or ReasonCode.QuotaExceeded or ReasonCode.PayloadFormatInvalid or ReasonCode.TopicNameInvalid
        or ReasonCode.ImplementationSpecificError or ReasonCode.PacketIdentifierInUse or ReasonCode.UnspecifiedError
        ? reason
        : ReasonCode.ImplementationSpecificError;

    private static UserProperty Entry(EntryIndex index) => new(EntryProperty, index.Value.ToString(CultureInfo.InvariantCulture));
}
