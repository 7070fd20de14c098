using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Storing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Links;

/// Messages that are no readings, and what a link itself has to report, as device events.
internal static class DeviceEvents
{
    private const int MostFields = 200;

    /// True for what is kept as readings; a command of 2xxx that we cannot read is kept there, too, with its frame alone.
    public static bool IsData(int cn) => cn is >= 2000 and < 3000 && KindOf(cn, wasAsked: true) == DeviceEventKind.Other;

    /// <param name="wasAsked">It answers a request of ours: then an instrument that gives its number was not replaced.</param>
    public static DeviceEvent Of(Hj212Message message, KeptFrame frame, bool wasAsked)
    {
        var happened = new DeviceEvent
        {
            Kind = KindOf(message.Cn, wasAsked),
            Protocol = message.Protocol,
            Detail = Cn.Describe(message.Cn),
            ObservedAt = Hj212Time.Parse(message.DataTime.Length > 0 ? message.DataTime : message.Qn) is { } at ? Timestamp.FromDateTimeOffset(at) : null,
        };
        foreach (var field in message.Fields.Where(f => f.Name != "DataTime").Take(MostFields))
            happened.Fields[Hj212Text.Of(field.Name)] = Hj212Text.Of(field.Value);
        happened.Raw = KeptFrame.Join([frame], happened.Frames);
        return happened;
    }

    /// <param name="frames">Those that show it; none for what a link says of itself.</param>
    public static DeviceEvent Of(DeviceEventKind kind, string protocol, string detail, ulong count, params IReadOnlyList<KeptFrame> frames)
    {
        var happened = new DeviceEvent { Kind = kind, Protocol = protocol, Detail = detail, Count = count };
        if (frames.Count > 0)
            happened.Raw = KeptFrame.Join(frames, happened.Frames);
        return happened;
    }

    private static DeviceEventKind KindOf(int cn, bool wasAsked) => cn switch
    {
        Cn.EquipmentState or Cn.EquipmentRunningTime => DeviceEventKind.EquipmentState,
        Cn.Restarted => DeviceEventKind.Restarted,
        Cn.InstrumentId when !wasAsked => DeviceEventKind.InstrumentReplaced,
        Cn.DeviceLog => DeviceEventKind.Log,
        Cn.KeepSample => DeviceEventKind.SampleKept,
        Cn.AskForTime => DeviceEventKind.Clock,
        _ => DeviceEventKind.Other,
    };
}
