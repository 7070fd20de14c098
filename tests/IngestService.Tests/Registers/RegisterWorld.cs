using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Registers.Rules;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Tests.Registers;

/// <summary>A book that is written entry by entry, at instants the test names: civil times of Shanghai, "2026-11-28 09:00".</summary>
internal sealed class RegisterWorld : IPartyLookup
{
    private readonly RegisterBookWriter _writer = new(RegisterBook.Empty);
    private ulong _next;

    public RegisterBook Book => _writer.ToBook();

    public Dictionary<(RegisterKind, string), RegisterSubject> Parties { get; } = [];

    public static Actor Person { get; } = new() { Id = "p1", Name = "周静", Unit = "信息中心" };

    public static long At(string shanghai) => Micros.Of(Stamp(shanghai))!.Value;

    public static Timestamp Stamp(string shanghai) => Timestamp.FromDateTimeOffset(new DateTimeOffset(
        DateTime.Parse(shanghai, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8)));

    public static RegisterAsOf AsOf(string shanghai) => new(At(shanghai));

    /// <returns>Its entry.</returns>
    public ulong Add(string ingested, RegisterChange change)
    {
        if (change.Reason.Length == 0)
            change.Reason = "登记";
        _writer.Add(RegisterVersion.Of(_next, 0, At(ingested), change, Person));
        _writer.Size = ++_next;
        return _next - 1;
    }

    public ulong Event(string device, string ingested, string happened, string cause = "tamper")
    {
        _writer.Add(device, new SuspendingEvent(_next, At(ingested), SuspendingEvent.Instant(At(happened), At(ingested)), cause, "箱门打开"));
        _writer.Size = ++_next;
        return _next - 1;
    }

    /// <summary>What the decider says to one change; null: it may be.</summary>
    public string? WhyNot(string now, RegisterChange change, ulong? expectedVersion = null, bool replacesPlanned = false)
    {
        if (change.Reason.Length == 0)
            change.Reason = "变更";
        ulong seen = expectedVersion ?? Book.Find(RegisterContent.KindOf(change), change.Id)?.Newest.Number ?? 0;
        return new RegisterDecider(Book, this, At(now)).WhyNot(
            [new ChangeToMake { Change = change, ExpectedVersion = seen, ReplacesPlanned = replacesPlanned }], Person)?.Detail;
    }

    public RegisterSubject? Find(RegisterKind kind, string id) => Parties.GetValueOrDefault((kind, id));

    public IReadOnlyList<(string Id, ulong Entry)> ByNumber(string number) => [.. Parties.Values
        .Where(subject => subject.Kind == RegisterKind.Object && ObjectRules.Numbers(subject.Newest.Change.EnforcementObject).Any(known => known.Number == number))
        .Select(subject => (subject.Id, subject.Newest.Entry))];

    public void AddParty(string ingested, RegisterChange change) => Parties[(RegisterContent.KindOf(change), change.Id)] = new RegisterSubject(
        RegisterContent.KindOf(change), change.Id, [RegisterVersion.Of(_next++, 0, At(ingested), change, Person)]);

    /// <summary>The city's market agency, its team, a town by delegation; one item, one officer of each kind.</summary>
    public static RegisterWorld Market()
    {
        const string begin = "2026-01-01 00:00";
        RegisterWorld world = new();
        world.Add(begin, Unit("city", "市市场监管局", UnitStanding.Agency, UnitLevel.City));
        world.Add(begin, Unit("team", "综合执法总队", UnitStanding.Internal, UnitLevel.Team, "city"));
        world.Add(begin, Unit("town", "打通镇人民政府", UnitStanding.Agency, UnitLevel.Town));
        world.Add(begin, Unit("org", "受托服务中心", UnitStanding.Organisation, UnitLevel.Town));
        world.Add(begin, Item("fake", "market"));
        world.Add(begin, Grant("g-city", "city", GrantBasis.Statutory, "fake"));
        world.Add(begin, Officer("zhang", "张三", "team", "2026-01-01", "2026-11-28", OfficerRole.Handler));
        world.Add(begin, Officer("li", "李四", "team", "2026-01-01", "2030-12-31", OfficerRole.LegalReviewer, OfficerRole.UnitHead));
        world.Add(begin, Officer("wang", "王五", "town", "2026-01-01", "2030-12-31", OfficerRole.Handler));
        return world;
    }

    public static RegisterChange Unit(string id, string name, UnitStanding standing, UnitLevel level, string parent = "") => new()
    {
        Id = id, Unit = new OrganisationUnit { Name = name, Standing = standing, Level = level, ParentId = parent },
    };

    public static RegisterChange Item(string id, string domain, string from = "2026-01-01", string through = "") => new()
    {
        Id = id,
        Item = new EnforcementItem
        {
            Name = "事项" + id, Domain = domain, FromDay = from, ThroughDay = through, OffSite = true,
            Basis = { new LegalBasis { Law = "中华人民共和国产品质量法", Article = "第五十条", FromDay = "2018-12-29" } },
        },
    };

    public static RegisterChange Grant(string id, string unit, GrantBasis basis, params string[] items) => new()
    {
        Id = id,
        Grant = new CompetenceGrant
        {
            UnitId = unit, Basis = basis, ItemIds = { items }, FromDay = "2026-03-01", ThroughDay = "2026-12-31",
            Document = basis == GrantBasis.Statutory ? "" : "渝府发〔2026〕8号", DelegatingUnitId = basis == GrantBasis.Delegated ? "city" : "",
        },
    };

    public static RegisterChange Officer(string id, string name, string unit, string from, string through, params OfficerRole[] roles) => new()
    {
        Id = id,
        Officer = new Officer
        {
            Name = name,
            Certificates = { new EnforcementCertificate { Number = "渝A-" + id, FromDay = from, ThroughDay = through, Domains = { "market" } } },
            Assignments = { new Assignment { UnitId = unit, Roles = { roles }, FromDay = from } },
        },
    };

    public static RegisterChange Device(string id, AdmissionClass admissionClass, string through, string place = "长江二桥北", string firmware = "1.0") => new()
    {
        Id = id,
        Device = new RegisteredDevice
        {
            Type = admissionClass == AdmissionClass.Recorder ? RegisteredDeviceType.Recorder : RegisteredDeviceType.WaterMonitor,
            AdmissionClass = admissionClass, Serial = "S-" + id, UnitId = "city", Place = place, Firmware = firmware,
            Verifications = { new VerificationCertificate { Number = "J-" + id, FromDay = "2026-01-01", ThroughDay = through } },
        },
    };

    public static RegisterChange Step(string device, AdmissionState state, string reason = "审核") => new()
    {
        Id = device, Reason = reason,
        Admission = new AdmissionStep
        {
            State = state, ItemId = "fake", Document = "审核表1号", Standard = "HJ 355-2019", Publication = "官网 2026-02-01",
        },
    };
}
