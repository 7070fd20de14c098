using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Space;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

internal static class DiagnosticsModule
{
    public static IServiceCollection AddDiagnostics(this IServiceCollection services)
    {
        services.AddSingleton<UplinkState>();
        services.AddSingleton<StationHealth>();
        services.AddSingleton<AgentStatusReader>();
        services.AddSingleton<FieldAlertDesk>();
        services.AddSingleton<StatusPump>();
        services.AddSingleton<IAgentLoop>(s => s.GetRequiredService<StatusPump>());
        services.AddSingleton<SpoolShedder>();
        services.AddSingleton<SpacePump.Context>();
        services.AddSingleton<IAgentLoop, SpacePump>();
        return services;
    }

    public static void MapLocalEndpoint(this WebApplication app)
    {
        app.MapGet("/status", (AgentStatusReader status) => Results.Json(status.Read()));
        app.MapPost("/alerts", (AlertRequest request, FieldAlertDesk desk, CancellationToken cancellation) => desk.SendAsync(request, cancellation));
        app.MapPut("/bays/{number:int}/case", (int number, CaseNumberRequest request, Sources.Dock.DockPump dock) =>
        {
            if (dock.Bays.FirstOrDefault(b => b.Number == number) is not { } bay)
                return Results.NotFound();
            bay.TypeCaseNumber(request.CaseNumber);
            return Results.NoContent();
        });
    }
}
