using System.Globalization;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>
/// What the registers' speed lines say: guards asked from memory with 10,000 officers and 100,000 admitted devices; a file of 10,000 devices
/// into a real service; a million objects searched. Every answer is checked.
/// </summary>
internal static class RegisterLoad
{
    private const int Officers = 10_000;
    private const int Devices = 100_000;
    private const int Units = 1_000;
    private const int Asked = 200_000;
    private const int FileDevices = 10_000;
    private const int Objects = 1_000_000;
    private const int ObjectsPerEntry = 200;

    private static readonly long Begin = Micros.Of(new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = 1_767_196_800 })!.Value; // 2026-01-01 in Shanghai

    public static async Task<int> RunAsync()
    {
        using ScratchFolder folder = new();
        Guards();
        await ImportAsync(Path.Combine(folder.Path, "data"));
        Search(Path.Combine(folder.Path, "objects"));
        return 0;
    }

    private static void Guards()
    {
        long started = TimeProvider.System.GetTimestamp();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        RegisterBookWriter writer = new(RegisterBook.Empty);
        foreach (RegisterChange change in Fleet())
            writer.Add(RegisterVersion.Of(writer.Size++, 0, Begin, change, new Actor()));
        RegisterBook book = writer.ToBook();
        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        long held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Say($"book of {book.Subjects.Count:N0} subjects, {book.Size:N0} versions: {seconds:F2} s, {held / 1024.0 / 1024.0:F0} MiB");
        RegisterAsOf asOf = new(Begin + CivilDay.MicrosPerDay);
        Measure("may act", i => OfficerPolicy.MayAct(book, new MayActRequest
        {
            OfficerId = $"o{i * 7919 % Officers}", UnitId = $"u{i * 7919 % Officers % Units}", Role = OfficerRole.Handler, Domain = "market", CaseId = "C-1",
        }, asOf));
        Measure("was admitted", i => AdmissionPolicy.WasAdmitted(book, $"d{i * 7919 % Devices}", asOf));
        Measure("may handle", i => CompetencePolicy.MayHandle(book, new MayHandleRequest { UnitId = $"u{i % Units}", ItemId = "item" }, asOf));
    }

    private static void Measure(string what, Func<int, GuardAnswer> ask)
    {
        double[] micros = new double[Asked];
        for (int i = 0; i < Asked; i++)
        {
            long started = TimeProvider.System.GetTimestamp();
            GuardAnswer answer = ask(i);
            micros[i] = TimeProvider.System.GetElapsedTime(started).TotalMicroseconds;
            if (!answer.Allowed)
                throw new InvalidOperationException($"{what}: {answer.Reason}");
        }

        Array.Sort(micros);
        Say($"{what}: median {micros[Asked / 2]:F1} µs, p99 {micros[Asked * 99 / 100]:F1} µs, worst {micros[^1]:F0} µs of {Asked:N0}");
    }

    private static IEnumerable<RegisterChange> Fleet()
    {
        yield return new RegisterChange
        {
            Id = "item", Item = new EnforcementItem { Name = "事项", Domain = "market", OffSite = true, Basis = { new LegalBasis { Law = "产品质量法", Article = "第五十条" } } },
        };
        for (int i = 0; i < Units; i++)
        {
            yield return Unit($"u{i}", i == 0 ? "" : $"u{(i - 1) / 10}");
            yield return new RegisterChange { Id = $"g{i}", Grant = new CompetenceGrant { UnitId = $"u{i}", ItemIds = { "item" }, Basis = GrantBasis.Statutory } };
        }

        for (int i = 0; i < Officers; i++)
            yield return Officer(i);
        for (int i = 0; i < Devices; i++)
        {
            yield return Device(i);
            foreach (AdmissionState state in new[] { AdmissionState.Registered, AdmissionState.TechReviewed, AdmissionState.LegalReviewed, AdmissionState.Published, AdmissionState.Admitted })
                yield return new RegisterChange { Id = $"d{i}", Admission = new AdmissionStep { State = state, Document = "审核表" } };
        }
    }

    private static RegisterChange Unit(string id, string parent) => new()
    {
        Id = id, Unit = new OrganisationUnit { Name = "单位" + id, ParentId = parent, Level = UnitLevel.Team, Standing = UnitStanding.Agency },
    };

    private static RegisterChange Officer(int i) => new()
    {
        Id = $"o{i}",
        Officer = new Officer
        {
            Name = $"执法员{i}", Number = $"{i:D6}",
            Certificates = { new EnforcementCertificate { Number = $"渝A{i:D6}", FromDay = "2024-01-01", ThroughDay = "2099-12-31", Domains = { "market" } } },
            Assignments = { new Assignment { UnitId = $"u{i % Units}", Roles = { OfficerRole.Handler }, FromDay = "2024-01-01" } },
        },
    };

    private static RegisterChange Device(int i) => new()
    {
        Id = $"d{i}",
        Device = new RegisteredDevice
        {
            Type = RegisteredDeviceType.WaterMonitor, AdmissionClass = AdmissionClass.AgencyMonitor, Serial = $"S{i:D8}", UnitId = $"u{i % Units}",
            Manufacturer = "某仪器有限公司", Model = "WM-100", Place = "某排口", Firmware = "1.0",
            Verifications = { new VerificationCertificate { Number = $"J{i}", FromDay = "2025-01-01", ThroughDay = "2099-12-31" } },
        },
    };

    private static async Task ImportAsync(string data)
    {
        using IngestProcess service = await IngestProcess.StartAsync(data);
        using GrpcChannel channel = GrpcChannel.ForAddress(service.GrpcAddress);
        StringBuilder file = new("id,type,admission_class,serial,manufacturer,model,unit_id,place,firmware,verification_number,verification_from,verification_through\n");
        for (int i = 0; i < FileDevices; i++)
            file.Append(CultureInfo.InvariantCulture, $"d{i},water-monitor,agency-monitor,S{i:D8},某仪器有限公司,WM-100,u0,某排口,1.0,J{i},2025-01-01,2099-12-31\n");
        await SendAsync(channel, RegisterKind.Unit, "id,name,level,standing\nu0,一局,city,agency\n", dryRun: false);
        foreach (bool dryRun in new[] { true, false })
        {
            long started = TimeProvider.System.GetTimestamp();
            ImportReport report = await SendAsync(channel, RegisterKind.Device, file.ToString(), dryRun);
            double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            if (report.Added != FileDevices)
                throw new InvalidOperationException($"{report.Added} of {FileDevices}: {report.Errors.FirstOrDefault()}");
            Say($"{(dryRun ? "dry run" : "import")} of {FileDevices:N0} devices over gRPC, {file.Length / 1024:N0} KiB: {seconds:F2} s");
        }
    }

    private static async Task<ImportReport> SendAsync(GrpcChannel channel, RegisterKind kind, string csv, bool dryRun)
    {
        using AsyncClientStreamingCall<ImportChunk, ImportReport> call = new RegisterActs.RegisterActsClient(channel).ImportFile();
        ImportHead head = new() { Actor = new Actor { Id = "p1", Name = "周静" }, Kind = kind, FileName = "fleet.csv", Reason = "导入", DryRun = dryRun };
        await call.RequestStream.WriteAsync(new ImportChunk { Head = head });
        foreach (byte[] piece in Encoding.UTF8.GetBytes(csv).Chunk(256 * 1024))
            await call.RequestStream.WriteAsync(new ImportChunk { Content = ByteString.CopyFrom(piece) });
        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }

    private static void Search(string data)
    {
        PartyNumberKey key = new(data);
        RegisterBooks books = new();
        using SqliteFile file = new(Path.Combine(data, "registers.db"));
        long started = TimeProvider.System.GetTimestamp();
        using (ProjectionFold fold = new(file, new RegistersProjection(books, key), 0))
        {
            for (int entry = 0; entry < Objects / ObjectsPerEntry; entry++)
                fold.Take(ObjectEntry((ulong)entry));
            fold.Flush();
        }

        Say($"{Objects:N0} objects folded in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:F0} s, {new FileInfo(file.Path).Length / 1024 / 1024:N0} MiB");
        RegisterReader reader = new(file, books, key);
        Time("object by exact number, with its row", 2_000, i => reader.ByNumber(NumberOf(i * 499 % Objects)) is [var (id, _)] && reader.Find(RegisterKind.Object, id) is not null);
        Time("50 objects by the beginning of a name, with their rows", 500, i => reader.ByName($"重庆某{i * 1_999 % Objects:D7}"[..9], ("", ""), 50) is { Count: > 0 } found
            && found.All(known => reader.Find(RegisterKind.Object, known.Id) is not null));
    }

    private static void Time(string what, int count, Func<int, bool> ask)
    {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++)
        {
            long started = TimeProvider.System.GetTimestamp();
            if (!ask(i))
                throw new InvalidOperationException($"{what}: not found");
            millis[i] = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
        }

        Array.Sort(millis);
        Say($"{what}: median {millis[count / 2]:F2} ms, p99 {millis[count * 99 / 100]:F2} ms, worst {millis[^1]:F1} ms of {count:N0}");
    }

    private static string NumberOf(int i) => string.Create(CultureInfo.InvariantCulture, $"P{i:D9}");

    private static LedgerEntry ObjectEntry(ulong index)
    {
        RegisterChanged changed = new() { Actor = new Actor { Id = "p1", Name = "周静" } };
        for (int i = 0; i < ObjectsPerEntry; i++)
        {
            int number = (int)index * ObjectsPerEntry + i;
            changed.Changes.Add(new RegisterChange
            {
                Id = $"o{number}", Reason = "登记",
                EnforcementObject = new EnforcementObject { Kind = ObjectKind.Person, Name = $"重庆某{number:D7}", IdentityType = "护照", IdentityNumber = NumberOf(number) },
            });
        }

        return FactEntry.Of(new Record { ObjectRegisterChanged = changed }, index, LeafOrigin.Operator, Begin);
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
