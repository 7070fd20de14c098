using EdgeEnforcement.IngestService.Tests.Cases;
using EdgeEnforcement.IngestService.Tests.Doubles;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>The service as it is started, with the registers' people and the sample rules, over the wire.</summary>
internal sealed class ProcedureStack : CaseDriver, IAsyncDisposable
{
    private ProcedureStack(RunningErasure service, ShiftedClock clock) : base(service.Channel, clock) => (Service, Clock) = (service, clock);

    /// <summary>The service's.</summary>
    public ShiftedClock Clock { get; }

    public RunningErasure Service { get; }

    public static async Task<ProcedureStack> StartAsync(string data, CancellationToken cancellation, bool seeded = true, string? configFile = null)
    {
        ShiftedClock clock = new();
        ProcedureStack stack = new(await RunningErasure.StartAsync(data, cancellation, configFile, clock), clock);
        if (seeded)
            await stack.SeedAsync();
        return stack;
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
