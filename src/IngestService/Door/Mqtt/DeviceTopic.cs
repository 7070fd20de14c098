using System.Text;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>
/// Topics of the door:
/// <code>
/// ee/v1/{device}/up             a signed envelope
/// ee/v1/{device}/up/hello       a hello (report.proto): which epoch, what is known
/// ee/v1/{device}/up/json        of a simple device: kept as it is, if it is JSON
/// ee/v1/{device}/up/raw/{kind}  of a simple device: kept as it is
/// ee/v1/{device}/down           from us: receipts, refusals, answers to hello
/// ee/v1/feed/alerts             from us: alerts, for operators' systems
/// </code>
/// </summary>
internal sealed record DeviceTopic(string Device, DeviceTopicKind Kind, string RawKind, RefusalDetail? Fault)
{
    public const string Root = "ee/v1/";
    public const string AlertFeed = "ee/v1/feed/alerts";
    public const int MaxKindLength = 64;

    private const string Up = "up";

    public string Down => DownOf(Device);

    public static string DownOf(string device) => $"{Root}{device}/down";

    /// <summary>Whether the topic is <c>ee/v1/{device}/up</c> or below.</summary>
    public static bool IsUp(ReadOnlySpan<byte> topic)
    {
        if (!topic.StartsWith("ee/v1/"u8))
            return false;
        var rest = topic["ee/v1/".Length..];
        var slash = rest.IndexOf((byte)'/');
        if (slash < 0)
            return false;
        rest = rest[(slash + 1)..];
        return rest.StartsWith("up"u8) && (rest.Length == 2 || rest[2] == (byte)'/');
    }

    /// <summary>For a topic that <see cref="IsUp"/>.</summary>
    public static DeviceTopic Parse(ReadOnlySpan<byte> topic)
    {
        var levels = Encoding.UTF8.GetString(topic).Split('/');
        var device = levels[2];
        if (!ProducerNames.IsWellFormed(device))
            return Faulty(new RefusalDetail(RefusalCode.BadIdentity, "a device's name is 1 to 64 of A-Z a-z 0-9 . _ -"));
        return levels.AsSpan(4) switch
        {
            [] => new DeviceTopic(device, DeviceTopicKind.Envelope, "", null),
            ["hello"] => new DeviceTopic(device, DeviceTopicKind.Hello, "", null),
            ["json"] => new DeviceTopic(device, DeviceTopicKind.Json, "", null),
            ["raw", { Length: > 0 and <= MaxKindLength } kind] => new DeviceTopic(device, DeviceTopicKind.Raw, kind, null),
            _ => Faulty(new RefusalDetail(RefusalCode.UnknownType, $"below {Root}{device}/{Up} there are hello, json and raw/{{kind}}")),
        };
    }

    private static DeviceTopic Faulty(RefusalDetail fault) => new("", DeviceTopicKind.Unknown, "", fault);
}
