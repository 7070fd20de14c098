using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Cases.Registers;
using EdgeEnforcement.IngestService.Door.Operator;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Google.Protobuf.WellKnownTypes;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Registers;

public sealed class RegisterActsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_seen_and_its_history_says_who_changed_what_from_when()
    {
        await using RegisterHost host = await RegisterHost.StartAsync();
        RegisterActResult first = await host.ChangeAsync(RegisterWorld.Unit("city", "市局", UnitStanding.Agency, UnitLevel.City));
        host.Advance(TimeSpan.FromHours(1));
        RegisterChange renamed = RegisterWorld.Unit("city", "市市场监管局", UnitStanding.Agency, UnitLevel.City);
        renamed.Reason = "更名";
        RegisterActResult second = await host.ChangeAsync(renamed, first.Receipt!.Index.Value + 1);

        Assert.Null(second.Refusal);
        SubjectDetail detail = await host.Lists.FindAsync(
            new GetSubjectRequest { AtLeast = host.Ledger.DurableSize, Kind = RegisterKind.Unit, Id = "city" }, Cancellation);
        Assert.Equal("市市场监管局", detail.Row.Change.Unit.Name);
        Assert.Equal(["更名", "登记"], detail.Versions.Select(version => version.Reason));
        FieldChange change = Assert.Single(detail.Versions[0].Changes);
        Assert.Equal(("name", "市局", "市市场监管局", "周静"), (change.Field, change.Before, change.After, detail.Versions[0].Actor.Name));
        // As it was known before the second entry, and as it was an hour ago.
        SubjectDetail then = await host.Lists.FindAsync(
            new GetSubjectRequest { Kind = RegisterKind.Unit, Id = "city", KnownSize = second.Receipt!.Index.Value }, Cancellation);
        Assert.Equal("市局", then.Row.Change.Unit.Name);
        SubjectDetail before = await host.Lists.FindAsync(
            new GetSubjectRequest { Kind = RegisterKind.Unit, Id = "city", At = RegisterWorld.Stamp("2026-11-28 09:30") }, Cancellation);
        Assert.Equal("市局", before.Row.Change.Unit.Name);
    }

    [Fact]
    public async Task Two_people_at_once_one_is_in_and_the_other_is_told_what_it_was()
    {
        await using RegisterHost host = await RegisterHost.StartAsync();
        ulong seen = (await host.ChangeAsync(RegisterWorld.Unit("city", "市局", UnitStanding.Agency, UnitLevel.City))).Receipt!.Index.Value + 1;
        RegisterActResult[] results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => host.ChangeAsync(RegisterWorld.Unit("city", "名称" + i, UnitStanding.Agency, UnitLevel.City), seen))));

        Assert.Single(results, result => result.Receipt is not null);
        Assert.All(results.Where(result => result.Receipt is null), result =>
        {
            Assert.Equal(RefusalCode.Conflict, result.Refusal!.Code);
            Assert.Contains("name: 市局 → 名称", result.Refusal.Detail, StringComparison.Ordinal);
        });
    }

    // Each passes by itself; together they would close a loop.
    [Fact]
    public async Task Two_moves_that_would_close_a_loop_together_are_not_both_taken()
    {
        await using RegisterHost host = await RegisterHost.StartAsync();
        for (int i = 0; i < 10; i++)
        {
            ulong one = (await host.ChangeAsync(RegisterWorld.Unit($"a{i}", "甲", UnitStanding.Agency, UnitLevel.Town))).Receipt!.Index.Value + 1;
            ulong other = (await host.ChangeAsync(RegisterWorld.Unit($"b{i}", "乙", UnitStanding.Agency, UnitLevel.Town))).Receipt!.Index.Value + 1;
            RegisterActResult[] results = await Task.WhenAll(
                Task.Run(() => host.ChangeAsync(RegisterWorld.Unit($"a{i}", "甲", UnitStanding.Agency, UnitLevel.Town, $"b{i}"), one)),
                Task.Run(() => host.ChangeAsync(RegisterWorld.Unit($"b{i}", "乙", UnitStanding.Agency, UnitLevel.Town, $"a{i}"), other)));

            Assert.Single(results, result => result.Receipt is not null);
            Assert.Single(results, result => result.Refusal?.Code == RefusalCode.NotPermitted);
        }
    }

    [Theory]
    [InlineData("ipv4:127.0.0.1:40000", true)]
    [InlineData("ipv6:[::1]:40000", true)]
    [InlineData("ipv4:192.168.1.20:40000", false)]
    public void Until_sign_in_an_actor_is_believed_on_loopback_only(string peer, bool believed) =>
        Assert.Equal(believed ? null : RefusalCode.NotLoopback, new LoopbackActorIdentity().WhyNot(peer, RegisterWorld.Person)?.Code);

    [Fact]
    public async Task What_is_refused_is_said_in_a_text_that_fits_a_trailer()
    {
        await using RegisterHost host = await RegisterHost.StartAsync();
        RegisterChange unit = RegisterWorld.Unit("city", "市局", UnitStanding.Agency, UnitLevel.City);
        unit.Unit.TerritoryIds.AddRange(Enumerable.Range(0, 900).Select(_ => new string('区', 1_900)));

        RegisterActResult refused = await host.ChangeAsync(unit);

        Assert.InRange(refused.Refusal!.Detail.Length, 100, 1_001);
    }

    [Fact]
    public async Task Changes_of_one_act_hold_together_or_not_at_all()
    {
        await using RegisterHost host = await RegisterHost.StartAsync();
        RegisterActResult refused = await host.ChangeAllAsync(
            false,
            (RegisterWorld.Unit("city", "市局", UnitStanding.Agency, UnitLevel.City), 0),
            (RegisterWorld.Unit("team", "总队", UnitStanding.Internal, UnitLevel.Team, "nowhere"), 0));

        Assert.Equal(RefusalCode.NotPermitted, refused.Refusal?.Code);
        Assert.Equal(0UL, host.Ledger.DurableSize);
    }

    [Fact]
    public async Task An_event_of_the_device_suspends_it_and_the_guard_says_why()
    {
        await using RegisterHost host = await RegisterHost.StartAsync();
        await AdmitAsync(host);
        Assert.True((await AskAsync(host)).Allowed);
        host.Ledger.NowMicros += 1_000_000;
        ulong entry = host.Ledger.Append("outlet-1", record =>
        {
            record.SourceDevice = "m1";
            record.DeviceEvent = new DeviceEvent { Kind = DeviceEventKind.BoxDoor, Detail = "箱门打开" };
        });
        host.Advance(TimeSpan.FromMinutes(1));

        GuardAnswer answer = await AskAsync(host);
        SubjectRow row = Assert.Single((await host.ListAsync(RegisterKind.Device)).Rows);

        Assert.Equal((false, $"EVENTS: suspended by entry {entry}: tamper, 箱门打开"), (answer.Allowed, answer.Reason));
        Assert.Equal((AdmissionState.Suspended, answer.Reason), (row.Admission, row.AdmissionReason));
        Assert.Null((await host.ChangeAsync(RegisterWorld.Step("m1", AdmissionState.Admitted, "复核合格"), await VersionAsync(host, RegisterKind.Admission, "m1"))).Refusal);
        Assert.True((await AskAsync(host)).Allowed);
    }

    // A clock that is asked for is no clock that is off; a producer cannot write facts of the registers.
    [Fact]
    public async Task What_does_not_suspend_does_not()
    {
        await using RegisterHost host = await RegisterHost.StartAsync();
        await AdmitAsync(host);
        foreach ((DeviceEventKind kind, string detail) in new[] { (DeviceEventKind.Clock, "asks for the time"), (DeviceEventKind.Connected, ""), (DeviceEventKind.Malformed, "x") })
        {
            host.Ledger.Append("outlet-1", record =>
            {
                record.SourceDevice = "m1";
                record.DeviceEvent = new DeviceEvent { Kind = kind, Detail = detail };
            });
        }

        host.Ledger.Append("outlet-1", record => record.RegisterChanged = new RegisterChanged { Changes = { RegisterWorld.Unit("forged", "x", UnitStanding.Agency, UnitLevel.City) } });
        host.Advance(TimeSpan.FromMinutes(1));

        Assert.True((await AskAsync(host)).Allowed);
        Assert.Null((await host.ListAsync(RegisterKind.Unit, "forged")).Rows.FirstOrDefault());
    }

    [Fact]
    public async Task A_correction_is_seen_in_the_answer_for_the_past_and_both_versions_stay()
    {
        await using RegisterHost host = await RegisterHost.StartAsync();
        await AdmitAsync(host);
        ulong known = host.Ledger.DurableSize;
        host.Advance(TimeSpan.FromHours(10));
        RegisterChange correction = RegisterWorld.Device("m1", AdmissionClass.AgencyMonitor, "2026-11-27");
        (correction.Correction, correction.ValidFrom, correction.Reason) = (true, RegisterWorld.Stamp("2026-11-28 09:00"), "证书日期录错");
        Assert.Null((await host.ChangeAsync(correction, await VersionAsync(host, RegisterKind.Device, "m1"), replacesPlanned: true)).Refusal);
        WasAdmittedRequest ask = new() { AtLeast = host.Ledger.DurableSize, DeviceId = "m1", At = RegisterWorld.Stamp("2026-11-28 12:00") };

        GuardAnswer now = await host.Guards.WasAdmittedAsync(ask, Cancellation);
        ask.KnownSize = known;
        GuardAnswer then = await host.Guards.WasAdmittedAsync(ask, Cancellation);

        Assert.Equal((false, true), (now.Allowed, now.AnswerWasCorrected));
        Assert.Equal((true, true, known), (then.Allowed, then.AnswerWasCorrected, then.KnownSize));
    }

    [Fact]
    public async Task Tables_folded_again_are_the_tables_and_the_book_is_the_book()
    {
        await using RegisterHost host = await RegisterHost.StartAsync();
        await AdmitAsync(host);
        await host.ImportAsync(RegisterKind.Unit, "id,name,level,standing\nu1,一,town,agency\nu2,二,town,agency\n");
        await host.ChangeAsync(new RegisterChange
        {
            Id = "o1", EnforcementObject = new EnforcementObject { Kind = ObjectKind.Person, Name = "陈某", IdentityType = "居民身份证", IdentityNumber = "11010519491231002X" },
        });
        await host.Desk.CatchUpAsync(host.Ledger);
        string directory = Directory.CreateTempSubdirectory("desk-").FullName;
        Directory.CreateDirectory(Path.Combine(directory, "keys"));
        File.Copy(Path.Combine(host.Desk.Directory, "keys", "register.key"), Path.Combine(directory, "keys", "register.key"));
        await using DeskHost again = await DeskHost.StartAsync(host.Ledger, directory);

        Assert.Equal(DeskHost.DumpFile(host.Desk.Projections.Registers.File), DeskHost.DumpFile(again.Projections.Registers.File));
        Assert.Equal(host.Desk.Books.Now.Subjects.Keys.Order(), again.Books.Now.Subjects.Keys.Order());
        Assert.Equal(host.Desk.Books.Now.Size, again.Books.Now.Size);
    }

    [Theory]
    [InlineData(AdmissionState.Unspecified, "", new[] { "m1", "m2" })]
    [InlineData(AdmissionState.Admitted, "", new[] { "m1" })]
    [InlineData(AdmissionState.Suspended, "", new string[0])]
    [InlineData(AdmissionState.Unspecified, "2027-01-31", new[] { "m2" })]
    [InlineData(AdmissionState.Unspecified, "2027-06-30", new[] { "m1", "m2" })]
    [InlineData(AdmissionState.Admitted, "2027-01-31", new string[0])]
    public async Task Devices_are_narrowed_by_admission_and_by_when_their_verification_ends(AdmissionState state, string through, string[] ids)
    {
        await using RegisterHost host = await RegisterHost.StartAsync();
        await AdmitAsync(host);
        await host.ChangeAsync(RegisterWorld.Device("m2", AdmissionClass.AgencyMonitor, "2027-01-31"));

        RegisterPage page = await host.Lists.ListAsync(new ListRegisterRequest
        {
            AtLeast = host.Ledger.DurableSize, Kind = RegisterKind.Device, Admission = state, LapsingThroughDay = through,
        }, Cancellation);

        Assert.Equal(ids, page.Rows.Select(row => row.Id));
        Assert.Equal((ulong)ids.Length, page.Total);
        Assert.All(page.Rows, row => Assert.Equal(row.Admission == AdmissionState.Admitted, row.AdmissionFailed is null));
    }

    private static async Task AdmitAsync(RegisterHost host)
    {
        await host.ChangeAllAsync(false, (RegisterWorld.Unit("city", "市局", UnitStanding.Agency, UnitLevel.City), 0), (RegisterWorld.Item("fake", "market"), 0));
        await host.ChangeAsync(RegisterWorld.Device("m1", AdmissionClass.AgencyMonitor, "2027-06-30"));
        foreach (AdmissionState state in new[] { AdmissionState.Registered, AdmissionState.TechReviewed, AdmissionState.LegalReviewed, AdmissionState.Published, AdmissionState.Admitted })
        {
            host.Advance(TimeSpan.FromSeconds(1));
            RegisterActResult step = await host.ChangeAsync(RegisterWorld.Step("m1", state), await VersionAsync(host, RegisterKind.Admission, "m1"));
            Assert.Null(step.Refusal);
        }

        host.Advance(TimeSpan.FromSeconds(1));
    }

    private static async Task<ulong> VersionAsync(RegisterHost host, RegisterKind kind, string id)
    {
        await host.Desk.CatchUpAsync(host.Ledger);
        return host.Desk.Registers.Book.Find(kind, id)?.Newest.Number ?? 0;
    }

    private static Task<GuardAnswer> AskAsync(RegisterHost host) =>
        host.Guards.WasAdmittedAsync(new WasAdmittedRequest { AtLeast = host.Ledger.DurableSize, DeviceId = "m1" }, Cancellation);
}
