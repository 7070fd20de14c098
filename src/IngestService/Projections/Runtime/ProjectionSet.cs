using EdgeEnforcement.IngestService.Hosting;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Alerts;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Erasures;
using EdgeEnforcement.IngestService.Projections.Fleet;
using EdgeEnforcement.IngestService.Projections.Media;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Readings;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Runtime;

/// <summary>The projections of this service, one pump each; started and stopped together.</summary>
internal sealed class ProjectionSet : IProjectionFeed, IStartupStep
{
    // Those every query waits for.
    private readonly ProjectionPump[] _pumps;
    private readonly ILedgerReader _ledger;
    private readonly ILogger _log;

    public ProjectionSet(
        ProjectionSetting setting, ILedgerReader ledger, ProjectionMemory memory, ProjectionMetrics metrics,
        ILogger<ProjectionSet> log, TimeProvider time)
    {
        _ledger = ledger;
        _log = log;
        Fleet = Pump(new FleetProjection(memory.Keys));
        Media = Pump(new MediaProjection());
        Alerts = Pump(new AlertsProjection());
        CaseBoard = Pump(new CaseBoardProjection());
        Erasures = Pump(new ErasuresProjection());
        Procedure = Pump(new ProcedureProjection());
        Registers = Pump(new RegistersProjection(memory.Registers, memory.NumberKey));
        Readings = Pump(new ReadingsProjection(setting.RawReadingMonths));
        _pumps = [Fleet, Media, Alerts, CaseBoard, Erasures, Procedure, Registers];

        ProjectionPump Pump(IProjection projection) => new(
            projection, ProjectionList.FileOf(setting.DataDirectory, projection), ledger, metrics, log, time);
    }

    public ProjectionPump Fleet { get; }

    public ProjectionPump Media { get; }

    public ProjectionPump Alerts { get; }

    public ProjectionPump CaseBoard { get; }

    public ProjectionPump Erasures { get; }

    public ProjectionPump Procedure { get; }

    public ProjectionPump Registers { get; }

    public ProjectionPump Readings { get; }

    public ulong ProjectedSize => _pumps.Min(pump => pump.Cursor.Position);

    public ulong ReadingsSize => Readings.Cursor.Position;

    public Task NextMove => Task.WhenAny(All.Select(pump => pump.Cursor.NextMove));

    public StartupStage Stage => StartupStage.Projections;

    public async ValueTask WaitForAsync(ulong size, CancellationToken cancellation)
    {
        foreach (ProjectionPump pump in _pumps)
            await pump.Cursor.WaitForAsync(size, cancellation);
    }

    public ValueTask WaitForReadingsAsync(ulong size, CancellationToken cancellation) => Readings.Cursor.WaitForAsync(size, cancellation);

    private IEnumerable<ProjectionPump> All => [.. _pumps, Readings];

    /// <summary>The door checks signatures with the fleet's keys: it may not open before those of the last run are known.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        foreach (ProjectionPump pump in All)
            pump.Start();
        await Fleet.Cursor.WaitForAsync(_ledger.DurableSize, cancellation);
        _log.Started(Fleet.Cursor.Position);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        foreach (ProjectionPump pump in All)
            await pump.DisposeAsync();
    }
}
