using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Tests.Hosting;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Tests.Fake;

/// <summary>An ordinary evening in a duty room by the river.</summary>
internal static class River
{
    public static void Fill(FakeWorld world)
    {
        world.AddAlert("sand-1", "夜间疑似非法采砂", AlertSeverity.Critical, TimeSpan.FromMinutes(47), place: "嘉陵江磁器口段 K12+300", device: "cam-river-07", description: "红外画面见两艘吸砂船作业，无作业许可登记。", rule: "river.sand-mining@3");
        world.AddAlert("dump-1", "岸线倾倒建筑垃圾", AlertSeverity.Serious, TimeSpan.FromMinutes(21), place: "长江珊瑚坝", device: "DSJ-K8-000231", description: "巡河人员现场上报。", officer: "000117");
        world.AddAlert("level-1", "水位超警戒 0.42 m", AlertSeverity.Warning, TimeSpan.FromMinutes(9), AlertKind.Hazard, "寸滩水文站", "sl651-0012", "实测 180.92 m", rule: "river.level@1");
        world.AddAlert("dock-1", "采集站仓位 4 记录仪编号为默认值", AlertSeverity.Info, TimeSpan.FromMinutes(2), AlertKind.Device, "渝中大队采集站", "station-01");
        world.AddAlert("lead-1", "排污口氨氮连续三小时超标", AlertSeverity.Serious, TimeSpan.FromHours(3), place: "溉澜溪排口", device: "hj212-5501");
        var lead = world.Alerts["lead-1"].Row;
        (lead.State, lead.LeadId, lead.LeadNumber, lead.Version) = (AlertState.Lead, "L-lead-1", "线索〔2026〕118号", 2);

        var video = world.AddMedia("DCIM/DSJ000231_000117_20261121_201402.MP4", Footage.Video, MediaKind.Video, MediaState.Stored, manifest => manifest.Important = true);
        var photo = world.AddMedia("PHOTO/DSJ000231_000117_20261121_201655.JPG", Footage.Photo, MediaKind.Photo, MediaState.Stored);
        world.AddMedia("DCIM/DSJ000231_000117_20261121_203110.MP4", Footage.Video, MediaKind.Video, MediaState.Anchored, manifest => manifest.ReleasedBeforeAnchor = true);
        var wrong = world.AddMedia("DCIM/DSJ000198_000203_20190101_000012.MP4", Footage.Video, MediaKind.Video, MediaState.Quarantined, manifest => manifest.Capture.ClockImplausible = true);
        world.Media[wrong].QuarantineReason = "SHA-256 不一致";
        world.AddCase("渝水案〔2026〕31号", "磁器口段非法采砂案",
            (video, AttachReason.CaseNumber, "采集时填写案号 渝水案〔2026〕31号"),
            (photo, AttachReason.OfficerAndTime, "000117，与 14:00–16:00 重合 00:04:10"));

        var station = new FleetRow { Producer = "station-01", DisplayName = "渝中大队采集站", Epoch = 1, LastSeen = TimeProvider.System.GetUtcNow().ToTimestamp(), Records = 1204, UnsentRecords = 3 };
        station.Bays.Add(new FleetBay { Bay = 1, State = "reading", Recorder = "DSJ-K8-000231", FilesTotal = 14, FilesDone = 9 });
        station.Bays.Add(new FleetBay { Bay = 2, State = "released", Recorder = "DSJ-K8-000198", FilesTotal = 6, FilesDone = 6 });
        station.Bays.Add(new FleetBay { Bay = 3, State = "empty" });
        station.Bays.Add(new FleetBay { Bay = 4, State = "amber", Recorder = "0000000", FilesTotal = 3, FilesDone = 3, Remark = "默认编号" });
        world.Fleet.Add(station);
        world.Fleet.Add(new FleetRow { Producer = "gateway-07", DisplayName = "嘉陵江水文网关", Epoch = 2, LastSeen = TimeProvider.System.GetUtcNow().AddMinutes(-14).ToTimestamp(), Records = 88213, Gaps = 2 });
    }
}
