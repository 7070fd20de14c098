using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Localization;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.OperatorConsole.Tests.Registers;

/// <summary>
/// A district's water agency, its town and its team; what it may do, who works there, what it watches with. Days are counted from today: the
/// service's clock is the machine's. What has a past is entered as a correction, as a register that is taken over is.
/// </summary>
internal static class DistrictWorld
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    public static string Day(int offset) => Figures.Day(Figures.Day(Now).AddDays(offset));

    public static Timestamp At(int days) => Now.AddDays(days).ToTimestamp();

    public static RegisterChange[] Places() =>
    [
        Since(-420, new() { Id = "yuzhong", Territory = new() { Name = "渝中区", Kind = TerritoryKind.District, Code = "500103", GeoJson = """{"type":"Polygon","coordinates":[[[106.50,29.53],[106.53,29.545],[106.56,29.55],[106.59,29.565],[106.585,29.572],[106.55,29.568],[106.51,29.56],[106.50,29.53]]]}""" } }),
        Since(-420, new() { Id = "chaotianmen", Territory = new() { Name = "朝天门街道", Kind = TerritoryKind.Town, ParentId = "yuzhong", Code = "500103002", GeoJson = """{"type":"Polygon","coordinates":[[[106.57,29.556],[106.59,29.565],[106.585,29.572],[106.57,29.569],[106.57,29.556]]]}""" } }),
        Since(-420, new() { Id = "jialing-12", Territory = new() { Name = "嘉陵江渝中12号河段", Kind = TerritoryKind.RiverSection, ParentId = "yuzhong", Code = "FK-12", CorridorM = 120, GeoJson = """{"type":"LineString","coordinates":[[106.51,29.561],[106.53,29.566],[106.55,29.5695],[106.57,29.571],[106.586,29.573]]}""" } }),
        Since(-420, new() { Id = "outlet-3", Territory = new() { Name = "三号排口", Kind = TerritoryKind.Site, ParentId = "yuzhong", CorridorM = 40, GeoJson = """{"type":"Point","coordinates":[106.545,29.5665]}""" } }),
    ];

    public static RegisterChange[] Units() =>
    [
        Since(-410, Unit("water", "渝中区水利局", UnitLevel.District, UnitStanding.Agency, "", "yuzhong")),
        Since(-410, Unit("water-team", "水政执法大队", UnitLevel.Team, UnitStanding.Internal, "water")),
        Since(-410, Unit("water-team-2", "水政二中队", UnitLevel.Team, UnitStanding.Internal, "water-team")),
        Since(-410, Unit("town", "朝天门街道办事处", UnitLevel.Town, UnitStanding.Agency, "", "chaotianmen")),
        Since(-410, Unit("river-centre", "河道管护中心", UnitLevel.Town, UnitStanding.Organisation, "water")),
        Since(-410, Unit("market", "渝中区市场监督管理局", UnitLevel.District, UnitStanding.Agency, "", "yuzhong")),
    ];

    public static RegisterChange[] Items() =>
    [
        Since(-410, Item("sand-mining", "河道非法采砂的处罚", "river", "中华人民共和国水法", "第七十二条")),
        Since(-410, Item("dumping", "向河道倾倒弃土的处罚", "river", "中华人民共和国河道管理条例", "第四十四条")),
        Since(-410, Item("outlet", "未经许可设置入河排污口的处罚", "environment", "中华人民共和国长江保护法", "第八十六条")),
    ];

    public static RegisterChange[] Grants() =>
    [
        Since(-400, Grant("g-water", "water", GrantBasis.Statutory, "", "", Day(-400), "", "sand-mining", "outlet")),
        Since(-400, Grant("g-town", "town", GrantBasis.Conferred, "渝府发〔2025〕8号", "", Day(-300), Day(400), "dumping")),
        Since(-400, Grant("g-centre", "river-centre", GrantBasis.Delegated, "渝中水委〔2026〕2号", "water", Day(-250), Day(-15), "sand-mining")),
    ];

    public static RegisterChange[] Officers() =>
    [
        Since(-400, Officer("zhang", "张立", "000301", "渝B-00301", Day(300), "water-team", OfficerRole.Handler)),
        Since(-400, Officer("li", "李梅", "000302", "渝B-00302", Day(12), "water-team", OfficerRole.UnitHead, OfficerRole.EvidenceReviewer)),
        Since(-400, Officer("wang", "王强", "000303", "渝B-00303", Day(-3), "water-team-2", OfficerRole.Handler)),
        Since(-400, Officer("chen", "陈曦", "000304", "渝B-00304", Day(500), "water", OfficerRole.LegalReviewer)),
        Since(-400, Officer("zhao", "赵刚", "000305", "渝B-00305", Day(450), "town", OfficerRole.Handler, OfficerRole.ServiceOfficer)),
    ];

    public static RegisterChange[] PeopleMatters() =>
    [
        new() { Id = "sub-1", Substitution = new() { AbsentOfficerId = "li", SubstituteOfficerId = "zhang", UnitId = "water-team", Roles = { OfficerRole.UnitHead }, From = At(-1), Until = At(6), Document = "渝中水委函〔2026〕17号" } },
        new() { Id = "leave-1", Leave = new() { OfficerId = "li", From = At(-1), Until = At(6), Kind = "年假" } },
        new() { Id = "recusal-1", Recusal = new() { OfficerId = "zhang", CaseId = "渝中水案〔2026〕31号", Ground = "与当事人有近亲属关系", DecidedByOfficerId = "chen" } },
    ];

    public static RegisterChange[] Devices() =>
    [
        Since(-390, Device("cod-01", RegisteredDeviceType.WaterMonitor, AdmissionClass.AgencyMonitor, "三号排口站房", (-380, -60), (-25, 340))),
        Since(-390, Device("cam-07", RegisteredDeviceType.Camera, AdmissionClass.AgencyMonitor, "牛角沱码头", (-380, 200))),
        Since(-390, Device("rec-0001", RegisteredDeviceType.Recorder, AdmissionClass.Recorder, "")),
        Since(-390, Device("party-9", RegisteredDeviceType.WaterMonitor, AdmissionClass.PartyOperated, "滨江污水处理厂总排口", (-300, 9))),
    ];

    /// <summary>The camera stands elsewhere since; nobody reviewed that place.</summary>
    public static RegisterChange MovedCamera() => Since(-30, Device("cam-07", RegisteredDeviceType.Camera, AdmissionClass.AgencyMonitor, "千厮门大桥", (-380, 200)));

    public static IEnumerable<RegisterChange> AdmissionSteps()
    {
        foreach (var device in new[] { "cod-01", "cam-07" })
        {
            yield return Step(device, -370, AdmissionState.Registered, "列入非现场执法设备清单");
            yield return Step(device, -350, AdmissionState.TechReviewed, "技术审核通过");
            yield return Step(device, -335, AdmissionState.LegalReviewed, "法制审核通过");
            yield return Step(device, -320, AdmissionState.Published, "设置地点公布");
            yield return Step(device, -290, AdmissionState.Admitted, "公布满三十日");
        }
        yield return Step("cod-01", -180, AdmissionState.Suspended, "比对超差停用检修");
        yield return Step("cod-01", -150, AdmissionState.Admitted, "检修后比对合格");
        yield return Step("rec-0001", -100, AdmissionState.Registered, "领用登记");
    }

    public static RegisterChange Calendar() => new()
    {
        Id = "2026", Calendar = new()
        {
            Source = "国办发明电〔2025〕7号",
            Holidays = { Days("2026-01-01", 3), Days("2026-02-15", 9), Days("2026-04-04", 3), Days("2026-05-01", 5), Days("2026-06-19", 3), Days("2026-09-25", 3), Days("2026-10-01", 7) },
            MakeUpDays = { "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10" },
        },
    };

    public static RegisterChange[] Objects() =>
    [
        new() { Id = "p-liu", EnforcementObject = new() { Kind = ObjectKind.Person, Name = "刘某某", IdentityType = "居民身份证", IdentityNumber = "11010519491231002X", Address = "渝中区解放碑街道" } },
        new() { Id = "p-liu-2", EnforcementObject = new() { Kind = ObjectKind.Person, Name = "刘某某（船主）", Address = "渝中区朝天门" } },
        new() { Id = "e-sand", EnforcementObject = new() { Kind = ObjectKind.Enterprise, Name = "渝江砂石有限公司", Uscc = "91350100M000100Y43", Address = "渝中区滨江路9号" } },
        new() { Id = "v-7781", EnforcementObject = new() { Kind = ObjectKind.Vehicle, Plate = "渝A77810" } },
    ];

    public static RegisterChange[] Links() =>
    [
        new() { Id = "l-1", ObjectLink = new() { ObjectId = "p-liu", SubjectKind = "case", SubjectId = "渝中水案〔2026〕31号", Part = ObjectPart.Party } },
        new() { Id = "l-2", ObjectLink = new() { ObjectId = "p-liu-2", SubjectKind = "lead", SubjectId = "L-2026-118", Part = ObjectPart.Party } },
        new() { Id = "l-3", ObjectLink = new() { ObjectId = "v-7781", SubjectKind = "case", SubjectId = "渝中水案〔2026〕31号", Part = ObjectPart.Thing } },
        new() { Id = "d-1", Penalty = new() { ObjectId = "p-liu", CaseId = "渝中水罚〔2026〕12号", ItemId = "sand-mining", ActFromDay = Day(-200), ActThroughDay = Day(-199), DecidedDay = Day(-150), Fined = true, DecidedBy = "渝中区水利局" } },
    ];

    private static RegisterChange Since(int days, RegisterChange change)
    {
        (change.ValidFrom, change.Correction) = (At(days), true);
        return change;
    }

    private static RegisterChange Unit(string id, string name, UnitLevel level, UnitStanding standing, string parent, params string[] territories) => new()
    {
        Id = id, Unit = new() { Name = name, Level = level, Standing = standing, ParentId = parent, TerritoryIds = { territories }, Telephone = "023-63000000" },
    };

    private static RegisterChange Item(string id, string name, string domain, string law, string article) => new()
    {
        Id = id, Item = new() { Name = name, Domain = domain, OffSite = true, FromDay = Day(-410), Basis = { new LegalBasis { Law = law, Article = article, FromDay = "2021-03-01" } } },
    };

    private static RegisterChange Grant(string id, string unit, GrantBasis basis, string document, string delegating, string from, string through, params string[] items) => new()
    {
        Id = id, Grant = new() { UnitId = unit, Basis = basis, Document = document, DelegatingUnitId = delegating, FromDay = from, ThroughDay = through, ItemIds = { items } },
    };

    public static RegisterChange Officer(string id, string name, string number, string certificate, string through, string unit, params OfficerRole[] roles) => new()
    {
        Id = id,
        Officer = new()
        {
            Name = name, Number = number, Telephone = "023-63000001",
            Certificates = { new EnforcementCertificate { Number = certificate, Issuer = "重庆市司法局", FromDay = Day(-1000), ThroughDay = through, Domains = { "river", "environment" } } },
            Assignments = { new Assignment { UnitId = unit, Roles = { roles }, FromDay = Day(-400) } },
        },
    };

    private static RegisterChange Device(string id, RegisteredDeviceType type, AdmissionClass admissionClass, string place, params (int From, int Through)[] verifications) => new()
    {
        Id = id,
        Device = new()
        {
            Type = type, AdmissionClass = admissionClass, Serial = "SN-" + id.ToUpperInvariant(), Manufacturer = "渝测仪器", Model = "YC-3", UnitId = "water-team", Place = place, Firmware = "3.2.1",
            Verifications = { verifications.Select((days, number) => new VerificationCertificate { Number = $"检字{id}-{number + 1}", Issuer = "重庆市计量院", FromDay = Day(days.From), ThroughDay = Day(days.Through) }) },
        },
    };

    private static RegisterChange Step(string device, int days, AdmissionState state, string reason) => Since(days, new()
    {
        Id = device, Reason = reason,
        Admission = new() { State = state, ItemId = "outlet", Document = "审核表" + device, Standard = "HJ 355-2019", Publication = "区政府网站 " + Day(days) },
    });

    private static IEnumerable<string> Days(string first, int count) =>
        Enumerable.Range(0, count).Select(day => Figures.TryDay(first, out var begin) ? Figures.Day(begin.AddDays(day)) : first);
}
