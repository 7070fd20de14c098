using EdgeEnforcement.IngestService.Tests.Cases;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>The service as it is started, with the registers' people and the sample rules, over the wire.</summary>
internal sealed class ProcedureStack : CaseDriver, IAsyncDisposable
{
    private ProcedureStack(RunningErasure service) : base(service.Channel) => Service = service;

    public RunningErasure Service { get; }

    public static async Task<ProcedureStack> StartAsync(string data, CancellationToken cancellation, bool seeded = true, string? configFile = null)
    {
        ProcedureStack stack = new(await RunningErasure.StartAsync(data, cancellation, configFile));
        if (seeded)
            await stack.SeedAsync();
        return stack;
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();
}
