using System.Globalization;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Files;

internal static class DeviceFile
{
    private static readonly WordList<RegisteredDeviceType> Types = new(
        (RegisteredDeviceType.Station, "station", "采集站"), (RegisteredDeviceType.Recorder, "recorder", "执法记录仪"),
        (RegisteredDeviceType.Camera, "camera", "摄像机"), (RegisteredDeviceType.WaterMonitor, "water-monitor", "水质监测设备"),
        (RegisteredDeviceType.AirMonitor, "air-monitor", "大气监测设备"), (RegisteredDeviceType.Hydrology, "hydrology", "水文设备"),
        (RegisteredDeviceType.Weighing, "weighing", "动态称重设备"), (RegisteredDeviceType.Vehicle, "vehicle", "执法车辆"),
        (RegisteredDeviceType.Other, "other", "其他"));

    private static readonly WordList<AdmissionClass> Classes = new(
        (AdmissionClass.AgencyMonitor, "agency-monitor", "行政机关监控设备"), (AdmissionClass.Recorder, "recorder", "执法记录仪"),
        (AdmissionClass.PartyOperated, "party-operated", "当事人自备设备"), (AdmissionClass.None, "none", "无需准入"));

    public static RegisterFileFormat Format { get; } = new(RegisterKind.Device,
    [
        ("id", "设备编号"), ("type", "设备类型"), ("admission_class", "准入类别"), ("serial", "序列号"), ("manufacturer", "厂商"), ("model", "型号"),
        ("unit_id", "所属单位"), ("producer", "上报方"), ("latitude", "纬度"), ("longitude", "经度"), ("place", "安装地点"), ("firmware", "固件版本"),
        ("verification_number", "检定证书号"), ("verification_issuer", "检定机构"), ("verification_from", "检定日期"), ("verification_through", "检定有效期至"),
        ("operator_object_id", "运营单位"), ("road_or_area", "公布路段区域"),
    ], Build, Write, new Dictionary<string, string> { ["verifications"] = "verification_number", ["position"] = "latitude" });

    private static void Build(LineCells cells, RegisterChange change)
    {
        RegisteredDevice device = change.Device = new RegisteredDevice
        {
            Type = cells.Word("type", Types), AdmissionClass = cells.Word("admission_class", Classes), Serial = cells.Text("serial"),
            Manufacturer = cells.Text("manufacturer"), Model = cells.Text("model"), UnitId = cells.Text("unit_id"), Producer = cells.Text("producer"),
            Place = cells.Text("place"), Firmware = cells.Text("firmware"), OperatorObjectId = cells.Text("operator_object_id"),
        };
        device.RoadOrArea.AddRange(LineCells.Parts(cells.Text("road_or_area")));
        (double? latitude, double? longitude) = (cells.Number("latitude"), cells.Number("longitude"));
        if (latitude is { } north && longitude is { } east)
            device.Position = new Position { Latitude = north, Longitude = east };
        else if (latitude is not null || longitude is not null)
            cells.Faults.Add(new Rules.RuleFault("position", "latitude and longitude come together"));
        foreach (string[] row in cells.Rows("verification_number", "verification_issuer", "verification_from", "verification_through"))
        {
            device.Verifications.Add(new VerificationCertificate
            {
                Number = row[0], Issuer = row[1], FromDay = LineCells.Day(row[2]), ThroughDay = LineCells.Day(row[3]),
            });
        }
    }

    private static IReadOnlyList<string> Write(RegisterChange change)
    {
        RegisteredDevice device = change.Device;
        return
        [
            change.Id, Types.English(device.Type), Classes.English(device.AdmissionClass), device.Serial, device.Manufacturer, device.Model,
            device.UnitId, device.Producer, Degrees(device.Position?.Latitude), Degrees(device.Position?.Longitude), device.Place, device.Firmware,
            Join(device, known => known.Number), Join(device, known => known.Issuer), Join(device, known => known.FromDay), Join(device, known => known.ThroughDay),
            device.OperatorObjectId, string.Join('|', device.RoadOrArea),
        ];
    }

    private static string Degrees(double? degrees) => degrees?.ToString("R", CultureInfo.InvariantCulture) ?? "";

    private static string Join(RegisteredDevice device, Func<VerificationCertificate, string> cell) => string.Join(';', device.Verifications.Select(cell));
}
