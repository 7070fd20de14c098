using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases.Registers;
using EdgeEnforcement.IngestService.Desk.Registers;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Registers;

/// <summary>Acts and queries of the registers over live projections and the ledger double, on the morning of 2026-11-28.</summary>
internal sealed class RegisterHost : IAsyncDisposable
{
    private readonly RegisterTurn _turn;

    private RegisterHost(MemoryLedger ledger, DeskHost desk)
    {
        Ledger = ledger;
        Desk = desk;
        ledger.NowMicros = Micros.Now(Time);
        _turn = new RegisterTurn(ledger, ledger, desk.Projections, desk.Registers, ledger, Time);
        Acts = new IngestService.Cases.Registers.RegisterActs(_turn);
        Imports = new RegisterImport(_turn);
        RegisterView view = new(desk.ProjectedSize, desk.Registers, Time);
        Lists = new RegisterListQuery(view);
        Guards = new RegisterGuardQuery(view);
        Objects = new RegisterObjectQuery(view);
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 28, 9, 0, 0, TimeSpan.FromHours(8)));

    public MemoryLedger Ledger { get; }

    public DeskHost Desk { get; }

    public IngestService.Cases.Registers.RegisterActs Acts { get; }

    public RegisterImport Imports { get; }

    public RegisterListQuery Lists { get; }

    public RegisterGuardQuery Guards { get; }

    public RegisterObjectQuery Objects { get; }

    public static async Task<RegisterHost> StartAsync(MemoryLedger? ledger = null, string? directory = null)
    {
        MemoryLedger used = ledger ?? new MemoryLedger();
        return new RegisterHost(used, await DeskHost.StartAsync(used, directory));
    }

    public void Advance(TimeSpan by)
    {
        Time.Advance(by);
        Ledger.NowMicros = Math.Max(Ledger.NowMicros, Micros.Now(Time));
    }

    public Task<RegisterActResult> ChangeAsync(RegisterChange change, ulong expectedVersion = 0, bool replacesPlanned = false) =>
        ChangeAllAsync(replacesPlanned, (change, expectedVersion));

    public Task<RegisterActResult> ChangeAllAsync(bool replacesPlanned, params (RegisterChange Change, ulong Expected)[] changes)
    {
        ChangeRegisterRequest act = new() { Actor = RegisterWorld.Person };
        foreach ((RegisterChange change, ulong expected) in changes)
        {
            if (change.Reason.Length == 0)
                change.Reason = "登记";
            act.Changes.Add(new ChangeToMake { Change = change, ExpectedVersion = expected, ReplacesPlanned = replacesPlanned });
        }

        return Acts.ChangeAsync(act, Cancellation);
    }

    public async Task<ImportReport> ImportAsync(RegisterKind kind, string csv, bool dryRun = false)
    {
        ImportHead head = new() { Actor = RegisterWorld.Person, Kind = kind, FileName = "fleet.csv", Reason = "批量导入", DryRun = dryRun };
        ImportResult result = await Imports.RunAsync(head, Pieces(csv), Cancellation);
        return result.Report ?? throw new InvalidOperationException(result.Refusal!.Detail);
    }

    public Task<RegisterPage> ListAsync(RegisterKind kind, string text = "", string page = "", uint size = 0) => Lists.ListAsync(
        new ListRegisterRequest { AtLeast = Ledger.DurableSize, Kind = kind, Text = text, Page = page, PageSize = size }, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await Desk.DisposeAsync();
        _turn.Dispose();
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Pieces(string csv)
    {
        foreach (byte[] piece in System.Text.Encoding.UTF8.GetBytes(csv).Chunk(1_000))
        {
            await Task.Yield();
            yield return piece;
        }
    }
}
