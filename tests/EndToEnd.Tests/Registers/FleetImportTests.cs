using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace EdgeEnforcement.EndToEnd.Tests.Registers;

/// <summary>
/// The market-supervision fleet (2,892 recorders, 3,580 officers) into a real service over gRPC; the process is killed in the middle of an
/// import and after one, and answers as if nothing had been.
/// </summary>
public sealed class FleetImportTests
{
    private const int Recorders = 2_892;
    private const int Officers = 3_580;
    private const int Units = 42;

    private static readonly Actor Clerk = new() { Id = "p1", Name = "周静", Unit = "信息中心" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_fleet_is_imported_survives_kills_and_answers_guards()
    {
        using TemporaryFolder folder = new();
        await using ServiceUnderTest service = new(folder.Sub("data"));
        await service.StartAsync();
        using GrpcChannel channel = service.Channel();
        RegisterActs.RegisterActsClient acts = new(channel);
        RegisterDesk.RegisterDeskClient desk = new(channel);

        Assert.Equal((uint)Units, (await ImportAsync(acts, RegisterKind.Unit, UnitFile())).Added);
        ImportReport dry = await ImportAsync(acts, RegisterKind.Officer, OfficerFile(), dryRun: true);
        Assert.Equal((true, (uint)Officers, 0ul), (dry.Accepted, dry.Added, dry.EntryIndex));
        Assert.Equal((uint)Officers, (await ImportAsync(acts, RegisterKind.Officer, OfficerFile())).Added);

        // Half of the file is on its way when the process dies.
        byte[] file = Encoding.UTF8.GetBytes(RecorderFile());
        using (AsyncClientStreamingCall<ImportChunk, ImportReport> broken = acts.ImportFile(cancellationToken: Cancellation))
        {
            await broken.RequestStream.WriteAsync(new ImportChunk { Head = Head(RegisterKind.Device, dryRun: false) }, Cancellation);
            await broken.RequestStream.WriteAsync(new ImportChunk { Content = ByteString.CopyFrom(file.AsSpan(0, file.Length / 2)) }, Cancellation);
            await service.KillAsync();
            await Assert.ThrowsAnyAsync<Exception>(async () => await broken.ResponseAsync);
        }

        await service.StartAsync();
        Assert.Equal(0UL, (await ListAsync(desk, RegisterKind.Device, 0)).Total);
        ImportReport taken = await ImportAsync(acts, RegisterKind.Device, RecorderFile());
        Assert.Equal((uint)Recorders, taken.Added);
        await service.KillAsync();
        await service.StartAsync();

        Assert.Equal((ulong)Recorders, (await ListAsync(desk, RegisterKind.Device, taken.LedgerSize)).Total);
        Assert.Equal((ulong)Officers, (await ListAsync(desk, RegisterKind.Officer, taken.LedgerSize)).Total);
        await AssertGuardsAsync(desk, taken.LedgerSize);
        Assert.Equal((uint)Recorders, (await ImportAsync(acts, RegisterKind.Device, await ExportAsync(desk))).Unchanged);
        (int code, string output) = await service.VerifyAsync();
        Assert.True(code == 0, output);
    }

    private static async Task AssertGuardsAsync(RegisterDesk.RegisterDeskClient desk, ulong size)
    {
        MayActRequest act = new() { AtLeast = size, OfficerId = "officer-0001", UnitId = "unit-01", Role = OfficerRole.Handler, Domain = "market" };
        GuardAnswer allowed = await desk.MayActAsync(act, cancellationToken: Cancellation);
        act.Domain = "river";
        GuardAnswer refused = await desk.MayActAsync(act, cancellationToken: Cancellation);
        GuardAnswer recorder = await desk.WasAdmittedAsync(new WasAdmittedRequest { DeviceId = "rec-0001" }, cancellationToken: Cancellation);
        RegisterPage below = await desk.ListRegisterAsync(
            new ListRegisterRequest { Kind = RegisterKind.Officer, UnitId = "unit-00", PageSize = 1 }, cancellationToken: Cancellation);

        Assert.True(allowed.Allowed, allowed.Reason);
        Assert.StartsWith("DOMAIN", refused.Reason, StringComparison.Ordinal);
        Assert.Equal("STATE: nobody has begun its admission", recorder.Reason);
        Assert.Equal((ulong)Officers, below.Total);
    }

    private static async Task<RegisterPage> ListAsync(RegisterDesk.RegisterDeskClient desk, RegisterKind kind, ulong size) =>
        await desk.ListRegisterAsync(new ListRegisterRequest { AtLeast = size, Kind = kind, PageSize = 1 }, cancellationToken: Cancellation);

    private static async Task<string> ExportAsync(RegisterDesk.RegisterDeskClient desk)
    {
        using AsyncServerStreamingCall<ExportChunk> call = desk.ExportRegister(new ExportRegisterRequest { Kind = RegisterKind.Device }, cancellationToken: Cancellation);
        using MemoryStream whole = new();
        while (await call.ResponseStream.MoveNext(Cancellation))
            whole.Write(call.ResponseStream.Current.Content.Span);
        return Encoding.UTF8.GetString(whole.ToArray());
    }

    private static async Task<ImportReport> ImportAsync(RegisterActs.RegisterActsClient acts, RegisterKind kind, string csv, bool dryRun = false)
    {
        using AsyncClientStreamingCall<ImportChunk, ImportReport> call = acts.ImportFile(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(new ImportChunk { Head = Head(kind, dryRun) }, Cancellation);
        foreach (byte[] piece in Encoding.UTF8.GetBytes(csv).Chunk(256 * 1024))
            await call.RequestStream.WriteAsync(new ImportChunk { Content = ByteString.CopyFrom(piece) }, Cancellation);
        await call.RequestStream.CompleteAsync();
        ImportReport report = await call.ResponseAsync;
        Assert.True(report.Accepted, string.Join('\n', report.Errors.Take(5)));
        return report;
    }

    private static ImportHead Head(RegisterKind kind, bool dryRun) =>
        new() { Actor = Clerk, Kind = kind, FileName = "market.csv", Reason = "市场监管系统装备导入", DryRun = dryRun };

    private static string UnitFile() => Lines("单位编号,单位名称,上级单位,层级,性质", Units, number => number == 0
        ? "unit-00,重庆市市场监督管理局,,市级,行政机关" : $"unit-{number:D2},第{number}支队,unit-00,队伍,内设机构", from: 0);

    private static string OfficerFile() => Lines("人员编号,姓名,执法证号,发证日期,有效期至,执法领域,所属单位,角色,任职起", Officers, number =>
        $"officer-{number:D4},执法员{number},渝A{number:D6},2024/1/1,2099-12-31,market,{UnitOf(number)},承办人,2024-01-01");

    private static string RecorderFile() => Lines("设备编号,设备类型,准入类别,序列号,厂商,型号,所属单位", Recorders, number =>
        $"rec-{number:D4},执法记录仪,执法记录仪,DSJ{number:D8},华安电子,DSJ-A12,{UnitOf(number)}");

    private static string UnitOf(int number) => $"unit-{1 + (number - 1) % (Units - 1):D2}";

    private static string Lines(string head, int count, Func<int, string> line, int from = 1)
    {
        StringBuilder text = new(head + "\r\n");
        for (int number = from; number < from + count; number++)
            text.Append(line(number)).Append("\r\n");
        return text.ToString();
    }
}
