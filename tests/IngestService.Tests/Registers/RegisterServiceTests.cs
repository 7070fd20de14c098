using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Tests.Cases;
using EdgeEnforcement.IngestService.Tests.Doubles;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Contract = EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Tests.Registers;

/// <summary>The registers of the service as it is started, over the wire, on a real disk.</summary>
public sealed class RegisterServiceTests : IDisposable
{
    private const string Number = "11010519491231002X";

    private readonly string _data = Directory.CreateTempSubdirectory("ee-registers-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task Officers_units_and_items_answer_guards_before_and_after_a_restart()
    {
        ulong size;
        await using (RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation))
        {
            await ChangeAsync(service, RegisterWorld.Unit("city", "市局", UnitStanding.Agency, UnitLevel.City));
            await ChangeAsync(service, RegisterWorld.Item("fake", "market"));
            RegisterChange grant = RegisterWorld.Grant("g", "city", GrantBasis.Statutory, "fake");
            (grant.Grant.FromDay, grant.Grant.ThroughDay) = ("2020-01-01", "");
            await ChangeAsync(service, grant);
            size = (await ChangeAsync(service, RegisterWorld.Officer("zhang", "张三", "city", "2020-01-01", "2099-12-31", OfficerRole.Handler))).LedgerSize;
            await AssertAnswersAsync(service, size);
        }

        await using RunningErasure again = await RunningErasure.StartAsync(_data, Cancellation);
        await AssertAnswersAsync(again, size);
    }

    [Fact]
    public async Task A_refusal_travels_with_its_name_and_a_conflict_with_what_changed()
    {
        await using RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation);
        await ChangeAsync(service, RegisterWorld.Unit("city", "市局", UnitStanding.Agency, UnitLevel.City));
        RpcException conflict = await Assert.ThrowsAsync<RpcException>(() => ChangeAsync(service, RegisterWorld.Unit("city", "二局", UnitStanding.Agency, UnitLevel.City)));
        RpcException orphan = await Assert.ThrowsAsync<RpcException>(
            () => ChangeAsync(service, RegisterWorld.Unit("team", "总队", UnitStanding.Internal, UnitLevel.Team, "nowhere")));

        Assert.Equal((StatusCode.Aborted, "CONFLICT"), (conflict.StatusCode, conflict.Trailers.GetValue("ee-refusal-name")));
        Assert.Contains("name:  → 市局", conflict.Status.Detail, StringComparison.Ordinal);
        Assert.Equal((StatusCode.FailedPrecondition, "NOT_PERMITTED"), (orphan.StatusCode, orphan.Trailers.GetValue("ee-refusal-name")));
        Assert.Contains("parent_id: no Unit nowhere", orphan.Status.Detail, StringComparison.Ordinal);
        // For a page of another language: the sentence, what stands in it, and the field it is about.
        Refusal whole = Refusal.Parser.ParseFrom(orphan.Trailers.GetValueBytes("refusal-bin"));
        Assert.Equal(("parent_id", "no {0} {1} is in force on {2}"), (whole.Field, whole.Said.Template));
        Assert.Equal(["@RegisterKind.Unit", "nowhere"], whole.Said.Arguments.Take(2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_act_without_a_change_is_refused_by_name(bool hasAnEmptyOne)
    {
        await using RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation);
        ChangeRegisterRequest act = new() { Actor = RegisterWorld.Person };
        if (hasAnEmptyOne)
            act.Changes.Add(new ChangeToMake());

        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            async () => await new Contract.RegisterActs.RegisterActsClient(service.Channel).ChangeAsync(act, cancellationToken: Cancellation));

        Assert.Equal((StatusCode.InvalidArgument, "INCOMPLETE_ACT"), (refused.StatusCode, refused.Trailers.GetValue("ee-refusal-name")));
    }

    [Fact]
    public async Task A_file_that_breaks_off_has_changed_nothing()
    {
        await using RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation);
        await ChangeAsync(service, RegisterWorld.Unit("city", "市局", UnitStanding.Agency, UnitLevel.City));
        using CancellationTokenSource broken = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using AsyncClientStreamingCall<ImportChunk, ImportReport> call = new Contract.RegisterActs.RegisterActsClient(service.Channel).ImportFile(cancellationToken: broken.Token);
        await call.RequestStream.WriteAsync(new ImportChunk { Head = Head() }, Cancellation);
        await call.RequestStream.WriteAsync(new ImportChunk { Content = ByteString.CopyFromUtf8("id,type,admission_class,serial,unit_id\nr1,recorder,recorder,S1,city\n") }, Cancellation);
        await broken.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(async () => await call.ResponseAsync);
        // An import that was still at work would hold the turn that this one takes behind it.
        ImportReport whole = await ImportAsync(service, "id,type,admission_class,serial,unit_id\nr2,recorder,recorder,S2,city\n");

        RegisterPage devices = await Desk(service).ListRegisterAsync(
            new ListRegisterRequest { AtLeast = whole.LedgerSize, Kind = RegisterKind.Device }, cancellationToken: Cancellation);
        Assert.Equal("r2", Assert.Single(devices.Rows).Id);
    }

    [Fact]
    public async Task The_command_line_takes_a_file_in_says_what_is_wrong_and_writes_it_out()
    {
        await using RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation);
        string good = Path.Combine(_data, "good.csv"), bad = Path.Combine(_data, "bad.csv"), written = Path.Combine(_data, "out.csv");
        await File.WriteAllTextAsync(good, "id,name,level,standing\nu1,一局,town,agency\n", Cancellation);
        await File.WriteAllTextAsync(bad, "id,name,level,standing\nu2,,town,agency\nu3,三局,moon,agency\n", Cancellation);

        (int dryCode, string dry) = await InvokeAsync(service, "import", good, "--dry-run");
        (int goodCode, string taken) = await InvokeAsync(service, "import", good);
        (int badCode, string refused) = await InvokeAsync(service, "import", bad);
        (int outCode, _) = await InvokeAsync(service, "export", written);

        Assert.Equal((0, 0, 1, 0), (dryCode, goodCode, badCode, outCode));
        Assert.Contains("nothing was changed", dry, StringComparison.Ordinal);
        Assert.Contains("1 lines, utf-8: 1 new, 0 changed, 0 as they were, 0 errors", taken, StringComparison.Ordinal);
        Assert.Contains("line 3, level: 'moon' is none of city (市级)", refused, StringComparison.Ordinal);
        Assert.Equal(["id,name,parent_id,level,standing,uscc,territory_ids,address,telephone", "u1,一局,,town,agency,,,,"], await File.ReadAllLinesAsync(written, Cancellation));
    }

    [Fact]
    public async Task A_party_is_found_by_its_exact_number_shown_masked_and_revealed_on_record()
    {
        await using RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation);
        ulong size = (await ChangeAsync(service, Person("o1", "陈某某", Number))).LedgerSize;
        Contract.RegisterDesk.RegisterDeskClient desk = Desk(service);
        async Task<RegisterPage> FindAsync(string number) =>
            await desk.FindObjectsAsync(new FindObjectsRequest { AtLeast = size, Number = number }, cancellationToken: Cancellation);

        SubjectRow row = Assert.Single((await FindAsync(" 11010519491231002x")).Rows);
        Assert.Equal("110*************2X", row.Change.EnforcementObject.IdentityNumber);
        Assert.Empty((await FindAsync("110105194912310021")).Rows);
        Assert.Empty((await FindAsync("110")).Rows);
        RegisterPage byName = await desk.FindObjectsAsync(new FindObjectsRequest { Name = "陈某" }, cancellationToken: Cancellation);
        Assert.Equal("o1", Assert.Single(byName.Rows).Id);

        // A number that was entered wrong finds nobody once it is put right.
        SubjectRow wrong = (await desk.GetSubjectAsync(new GetSubjectRequest { Kind = RegisterKind.Object, Id = "o1" }, cancellationToken: Cancellation)).Row;
        size = (await ChangeAsync(service, Person("o1", "陈某某", "440524188001010014"), wrong.Version)).LedgerSize;
        Assert.Empty((await FindAsync(Number)).Rows);
        Assert.Single((await FindAsync("440524188001010014")).Rows);

        RevealIdentityAnswer shown = await new Contract.RegisterActs.RegisterActsClient(service.Channel).RevealIdentityAsync(
            new RevealIdentityRequest { Actor = RegisterWorld.Person, ObjectId = "o1", Reason = "制作处罚决定书" }, cancellationToken: Cancellation);
        Assert.Equal("440524188001010014", shown.IdentityNumber);
        LedgerEntry looked = service.App.Services.GetRequiredService<ILedgerReader>().Read(new EntryIndex(shown.EntryIndex));
        Assert.Equal(Contract.Record.IdentityRevealedFieldNumber, (int)looked.Leaf.Type);
        Assert.DoesNotContain("440524188001010014", Encoding.UTF8.GetString(looked.Envelope.Span), StringComparison.Ordinal);
        Assert.DoesNotContain(FilesBelow("projections"), file => Contains(file, Number));
    }

    [Fact]
    public async Task A_number_left_as_it_is_shown_stays_and_another_masked_one_is_refused()
    {
        await using RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation);
        ulong size = (await ChangeAsync(service, Person("o1", "陈某某", Number))).LedgerSize;
        SubjectRow shown = (await Desk(service).GetSubjectAsync(new GetSubjectRequest { AtLeast = size, Kind = RegisterKind.Object, Id = "o1" }, cancellationToken: Cancellation)).Row;
        RegisterChange moved = shown.Change.Clone();
        moved.EnforcementObject.Address = "民生路12号";
        ChangeRegisterAnswer written = await ChangeAsync(service, moved, shown.Version);
        RegisterChange guessed = moved.Clone();
        guessed.EnforcementObject.IdentityNumber = "110*************11";
        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => ChangeAsync(service, guessed, written.Versions[0]));

        SubjectRow found = Assert.Single((await Desk(service).FindObjectsAsync(
            new FindObjectsRequest { AtLeast = written.LedgerSize, Number = Number }, cancellationToken: Cancellation)).Rows);
        Assert.Equal(("民生路12号", "110*************2X"), (found.Change.EnforcementObject.Address, found.Change.EnforcementObject.IdentityNumber));
        RevealIdentityAnswer full = await new Contract.RegisterActs.RegisterActsClient(service.Channel).RevealIdentityAsync(
            new RevealIdentityRequest { Actor = RegisterWorld.Person, ObjectId = "o1", Reason = "核对" }, cancellationToken: Cancellation);
        Assert.Equal(Number, full.IdentityNumber);
        Assert.Contains("is masked", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_was_lost_is_made_anew_and_numbers_are_found_again()
    {
        await using (RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation))
            await ChangeAsync(service, Person("o1", "陈某某", Number));
        File.Delete(Path.Combine(new LedgerPaths(_data).Keys, "register.key"));

        await using RunningErasure again = await RunningErasure.StartAsync(_data, Cancellation);
        ulong size = again.App.Services.GetRequiredService<ILedgerReader>().DurableSize;
        RegisterPage found = await Desk(again).FindObjectsAsync(new FindObjectsRequest { AtLeast = size, Number = Number }, cancellationToken: Cancellation);

        Assert.Equal("o1", Assert.Single(found.Rows).Id);
    }

    [Fact]
    public async Task Merged_objects_are_one_across_cases_until_it_is_undone()
    {
        await using RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation);
        await ChangeAsync(service, Person("o1", "陈某某", Number));
        await ChangeAsync(service, Person("o2", "陈某某（某店）", ""));
        await ChangeAsync(service, new RegisterChange { Id = "l1", ObjectLink = new ObjectLink { ObjectId = "o1", SubjectKind = "case", SubjectId = "C-1", Part = ObjectPart.Party } });
        await ChangeAsync(service, new RegisterChange { Id = "l2", ObjectLink = new ObjectLink { ObjectId = "o2", SubjectKind = "case", SubjectId = "C-2", Part = ObjectPart.Party } });
        await ChangeAsync(service, new RegisterChange
        {
            Id = "p1",
            Penalty = new PenaltyRecord
            {
                ObjectId = "o2", CaseId = "C-2", ItemId = "fake", ActFromDay = "2026-03-01", ActThroughDay = "2026-03-10", DecidedDay = "2026-05-01", Fined = true, DecidedBy = "city",
            },
        });
        RegisterChange merge = new() { Id = "o2", ObjectMerge = new ObjectMerge { FromObjectId = "o2", IntoObjectId = "o1" } };
        ChangeRegisterAnswer merged = await ChangeAsync(service, merge);

        ObjectRecords one = await RecordsAsync(service, merged.LedgerSize, "o2", "2026-03-05");
        RegisterChange undo = merge.Clone();
        undo.Ended = true;
        ChangeRegisterAnswer undone = await ChangeAsync(service, undo, merged.Versions[0]);
        ObjectRecords apart = await RecordsAsync(service, undone.LedgerSize, "o1", "2026-06-01");

        Assert.Equal(("o1", 2), (one.Row.Id, one.ObjectIds.Count));
        Assert.Equal(["C-1", "C-2"], one.Links.Select(link => link.SubjectId).Order());
        Assert.Equal("C-2", Assert.Single(one.FinedAlready).CaseId); // the same days: one fine (APL 29)
        Assert.True(one.FirstViolation);                             // nothing was decided before that act
        Assert.Equal("C-1", Assert.Single(apart.Links).SubjectId);
        Assert.Empty(apart.Penalties);
        Assert.False((await RecordsAsync(service, 0, "o2", "2026-06-01")).FirstViolation);
    }

    [Fact]
    public async Task A_party_that_was_lawfully_deleted_is_found_by_nothing_and_its_tables_are_those_folded_anew()
    {
        string live;
        await using (RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation))
        {
            await ChangeAsync(service, Person("o0", "李某", ""));
            ulong entry = (await ChangeAsync(service, Person("o1", "陈某某", Number))).EntryIndex;
            ChangeRegisterAnswer unit = await ChangeAsync(service, RegisterWorld.Unit("city", "市局", UnitStanding.Agency, UnitLevel.City));
            RpcException kept = await Assert.ThrowsAsync<RpcException>(() => service.RequestAsync((unit.EntryIndex, unit.EntryIndex)));
            Assert.Contains("guards rest on", kept.Status.Detail, StringComparison.Ordinal);
            ulong leaf = await service.EraseAsync((entry, entry));
            RegisterPage found = await Desk(service).FindObjectsAsync(
                new FindObjectsRequest { AtLeast = leaf + 1, Number = Number }, cancellationToken: Cancellation);

            Assert.Empty(found.Rows);
            Assert.Equal("o0", Assert.Single((await Desk(service).FindObjectsAsync(new FindObjectsRequest { Name = "李" }, cancellationToken: Cancellation)).Rows).Id);
            // The registers go on: their stream was moved by what is gone.
            ulong size = (await ChangeAsync(service, Person("o1", "陈某某", Number))).LedgerSize;
            live = await DumpAsync(service, size);
        }

        foreach (string file in FilesBelow("projections"))
            File.Delete(file);
        await using RunningErasure again = await RunningErasure.StartAsync(_data, Cancellation);
        ulong end = again.App.Services.GetRequiredService<ILedgerReader>().DurableSize;
        Assert.Equal(live, await DumpAsync(again, end));
        Assert.Single((await Desk(again).FindObjectsAsync(new FindObjectsRequest { AtLeast = end, Number = Number }, cancellationToken: Cancellation)).Rows);
        await ChangeAsync(again, Person("o3", "王某", ""));
    }

    [Theory]
    [InlineData("case", false, true)]
    [InlineData("lead", false, true)]
    [InlineData("inspection", false, false)]
    [InlineData("case", true, true)]            // the link is of the object it is the same as
    public async Task A_party_of_a_case_is_not_erased_from_under_it(string subjectKind, bool isMerged, bool held)
    {
        await using RunningErasure service = await RunningErasure.StartAsync(_data, Cancellation);
        await ChangeAsync(service, Person("o2", "陈某", ""));
        ulong entry = (await ChangeAsync(service, Person("o1", "陈某某", Number))).EntryIndex;
        RegisterChange link = new() { Id = "l1", ObjectLink = new ObjectLink { ObjectId = isMerged ? "o2" : "o1", SubjectKind = subjectKind, SubjectId = "C-7", Part = ObjectPart.Party } };
        ChangeRegisterAnswer linked = await ChangeAsync(service, link);
        if (isMerged)
            await ChangeAsync(service, new RegisterChange { Id = "o1", ObjectMerge = new ObjectMerge { FromObjectId = "o1", IntoObjectId = "o2" } });

        if (held)
        {
            RpcException refused = await Assert.ThrowsAsync<RpcException>(() => service.RequestAsync((entry, entry)));
            Assert.Contains($"legal hold: object o1 is Party of {subjectKind} C-7", refused.Status.Detail, StringComparison.Ordinal);
            RegisterChange ended = link.Clone();
            ended.Ended = true;
            await ChangeAsync(service, ended, linked.Versions[0]);
        }

        Assert.True(await service.EraseAsync((entry, entry)) > entry);
    }

    private static async Task<string> DumpAsync(RunningErasure service, ulong size)
    {
        ProjectionSet projections = service.App.Services.GetRequiredService<ProjectionSet>();
        await projections.WaitForAsync(size, Cancellation);
        return DeskHost.DumpFile(projections.Registers.File);
    }

    private static async Task AssertAnswersAsync(RunningErasure service, ulong size)
    {
        Contract.RegisterDesk.RegisterDeskClient desk = Desk(service);
        GuardAnswer act = await desk.MayActAsync(new MayActRequest
        {
            AtLeast = size, OfficerId = "zhang", UnitId = "city", Role = OfficerRole.Handler, Domain = "market",
        }, cancellationToken: Cancellation);
        GuardAnswer handle = await desk.MayHandleAsync(new MayHandleRequest { AtLeast = size, UnitId = "city", ItemId = "fake" }, cancellationToken: Cancellation);

        Assert.True(act.Allowed, act.Reason);
        Assert.True(handle.Allowed, handle.Reason);
        Assert.Equal("city", handle.InNameOfUnitId);
        Assert.True(act.KnownSize >= size);
    }

    private static async Task<(int Code, string Output)> InvokeAsync(RunningErasure service, string verb, string file, params string[] more)
    {
        using StringWriter output = new();
        string[] who = verb == "import" ? ["--actor-id", "p1", "--actor-name", "周静", "--reason", "导入"] : [];
        int code = await IngestCommandLine.InvokeAsync(
            ["register", verb, file, "--kind", "unit", "--service", $"http://{service.Channel.Target}", .. who, .. more], Program.Build,
            new System.CommandLine.InvocationConfiguration { Output = output, Error = output });
        return (code, output.ToString());
    }

    private static async Task<ObjectRecords> RecordsAsync(RunningErasure service, ulong size, string id, string day) => await Desk(service).GetObjectRecordsAsync(
        new GetObjectRecordsRequest { AtLeast = size, ObjectId = id, ItemId = "fake", ActFromDay = day }, cancellationToken: Cancellation);

    private static Contract.RegisterDesk.RegisterDeskClient Desk(RunningErasure service) => new(service.Channel);

    private static async Task<ChangeRegisterAnswer> ChangeAsync(RunningErasure service, RegisterChange change, ulong expectedVersion = 0)
    {
        change.Reason = "登记";
        return await new Contract.RegisterActs.RegisterActsClient(service.Channel).ChangeAsync(new ChangeRegisterRequest
        {
            Actor = RegisterWorld.Person, Changes = { new ChangeToMake { Change = change, ExpectedVersion = expectedVersion } },
        }, cancellationToken: Cancellation);
    }

    private static async Task<ImportReport> ImportAsync(RunningErasure service, string csv)
    {
        using AsyncClientStreamingCall<ImportChunk, ImportReport> call = new Contract.RegisterActs.RegisterActsClient(service.Channel).ImportFile(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(new ImportChunk { Head = Head() }, Cancellation);
        await call.RequestStream.WriteAsync(new ImportChunk { Content = ByteString.CopyFromUtf8(csv) }, Cancellation);
        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }

    private static ImportHead Head() => new() { Actor = RegisterWorld.Person, Kind = RegisterKind.Device, FileName = "fleet.csv", Reason = "导入" };

    private static RegisterChange Person(string id, string name, string number) => new()
    {
        Id = id,
        EnforcementObject = new EnforcementObject { Kind = ObjectKind.Person, Name = name, IdentityType = number.Length > 0 ? "居民身份证" : "", IdentityNumber = number },
    };

    private string[] FilesBelow(string directory) => Directory.GetFiles(Path.Combine(_data, directory), "*", SearchOption.AllDirectories);

    // The service has its files open for writing: read beside it.
    private static bool Contains(string path, string text)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        int read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return bytes.AsSpan(0, read).IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    }
}
