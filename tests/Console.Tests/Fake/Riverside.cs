using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

/// <summary>Sensors along a river: most are there, one gateway is down, one cabinet is open.</summary>
internal static class Riverside
{
    public static void Fill(FakeWorld world)
    {
        var now = TimeProvider.System.GetUtcNow();
        var parent = world.AddAlert("net-1", "网关或上联中断：闸坝-07，3 台设备离线", AlertSeverity.Serious, TimeSpan.FromMinutes(4), AlertKind.Device, device: "闸坝-07", rule: "gateway-down@1");
        world.Alerts[parent].Row.Count = 3;
        Add(world, "sl651-0012", PresenceState.Connected, PresenceReason.Unspecified, now.AddHours(-30), "10.20.4.11");
        Add(world, "hj212-5501", PresenceState.Connected, PresenceReason.Unspecified, now.AddMinutes(-95), "10.20.4.12");
        Add(world, "cam-river-07", PresenceState.Suspect, PresenceReason.KeepAlive, now.AddSeconds(-21), "10.20.4.19").LastHeard = now.AddSeconds(-66).ToTimestamp();
        foreach (var name in new[] { "gate-a", "gate-b", "gate-c" })
        {
            var row = Add(world, name, PresenceState.Offline, PresenceReason.LinkLost, now.AddMinutes(-5), "闸坝-07");
            (row.LastHeard, row.EpisodeId) = (now.AddMinutes(-5).ToTimestamp(), parent);
        }
        var cabinet = Add(world, "outlet-31", PresenceState.Offline, PresenceReason.Will, now.AddHours(-2), "10.20.4.31");
        (cabinet.LastHeard, cabinet.Will) = (now.AddHours(-2).AddSeconds(-12).ToTimestamp(), new DeviceWill
        {
            Topic = "ee/v1/outlet-31/up/json", Payload = ByteString.CopyFromUtf8("{\"door\":\"open\",\"battery\":11.2}"), PayloadBytes = 31,
        });
        Add(world, "patrol-car-02", PresenceState.Offline, PresenceReason.Left, now.AddHours(-9), "10.20.5.2").LastHeard = now.AddHours(-9).ToTimestamp();
    }

    private static PresenceRow Add(FakeWorld world, string device, PresenceState state, PresenceReason reason, DateTimeOffset since, string gateway)
    {
        var row = new PresenceRow
        {
            ClientId = device, State = state, Reason = reason, Since = since.ToTimestamp(), Gateway = gateway, KeepAliveSeconds = 30, SessionNumber = 7,
        };
        world.Devices.Add(row);
        return row;
    }
}
