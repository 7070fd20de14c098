using EdgeEnforcement.IngestService.Cases;
using EdgeEnforcement.IngestService.Cases.Inspections;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Tests.Doubles;

namespace EdgeEnforcement.IngestService.Tests.Cases;

/// <summary>Acts over live projections and the ledger double.</summary>
internal sealed class ActsHost : IAsyncDisposable
{
    private ActsHost(MemoryLedger ledger, DeskHost desk)
    {
        Ledger = ledger;
        Desk = desk;
        State = new ActState(ledger, ledger, desk.Projections, desk.Alerts, desk.Cases, desk.Media);
        ActorStanding standing = new(desk.Registers, TimeProvider.System);
        Alerts = new AlertActs(State, new ClosingReader(desk.Projections.Alerts.File), standing, ledger, TimeProvider.System);
        ProcedureReader procedure = new(desk.Projections.Procedure.File);
        CaseOpenings openings = new(
            new SeenInspections(State, new InspectionReader(desk.Projections.Procedure.File)), new OpeningClocks(procedure, desk.Registers, TimeProvider.System));
        Cases = new CaseActs(State, procedure, standing, openings, ledger, TimeProvider.System);
    }

    public MemoryLedger Ledger { get; }

    public DeskHost Desk { get; }

    public ActState State { get; }

    public AlertActs Alerts { get; }

    public CaseActs Cases { get; }

    public static async Task<ActsHost> StartAsync()
    {
        MemoryLedger ledger = new();
        return new ActsHost(ledger, await DeskHost.StartAsync(ledger));
    }

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
