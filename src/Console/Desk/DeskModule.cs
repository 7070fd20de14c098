using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;
using EdgeEnforcement.OperatorConsole.Desk.Feed;
using EdgeEnforcement.OperatorConsole.Desk.Proof;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Hosting;
using Grpc.Net.Client;
using Microsoft.Extensions.Options;
using DeskClient = EdgeEnforcement.Contracts.V1.Desk.DeskClient;

namespace EdgeEnforcement.OperatorConsole.Desk;

internal static class DeskModule
{
    public static void AddDesk(this IServiceCollection services)
    {
        // One HTTP/2 connection for the whole console; it connects with the first call and again after each loss.
        services.AddSingleton(provider => GrpcChannel.ForAddress(provider.GetRequiredService<IOptions<ConsoleOptions>>().Value.Service));
        services.AddSingleton(provider => new DeskClient(provider.GetRequiredService<GrpcChannel>()));
        services.AddSingleton(provider => new Acts.ActsClient(provider.GetRequiredService<GrpcChannel>()));
        services.AddSingleton(provider => new Ledger.LedgerClient(provider.GetRequiredService<GrpcChannel>()));
        services.AddSingleton(provider => new RegisterDesk.RegisterDeskClient(provider.GetRequiredService<GrpcChannel>()));
        services.AddSingleton(provider => new RegisterActs.RegisterActsClient(provider.GetRequiredService<GrpcChannel>()));
        services.AddSingleton(provider => new AgentConfigurations.AgentConfigurationsClient(provider.GetRequiredService<GrpcChannel>()));
        services.AddSingleton(provider => new ProcedureDesk.ProcedureDeskClient(provider.GetRequiredService<GrpcChannel>()));
        services.AddSingleton(provider => new ProcedureActs.ProcedureActsClient(provider.GetRequiredService<GrpcChannel>()));
        services.AddSingleton(provider => new InspectionDesk.InspectionDeskClient(provider.GetRequiredService<GrpcChannel>()));
        services.AddSingleton(provider => new InspectionActs.InspectionActsClient(provider.GetRequiredService<GrpcChannel>()));

        services.AddSingleton<DeskQueries>();
        services.AddSingleton<RegisterQueries>();
        services.AddSingleton<ProcedureQueries>();
        services.AddSingleton<InspectionQueries>();
        services.AddSingleton<ConfigurationQueries>();
        services.AddSingleton<ErasureFinder>();
        services.AddSingleton<EntryReader>();
        services.AddSingleton<FeedWatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<FeedWatcher>());
        services.AddScoped<OperatorCall>();
        services.AddScoped<OperatorActs>();
        services.AddScoped<RegisterChanges>();
        services.AddScoped<ConfigurationActs>();
        services.AddScoped<CaseActs>();
        services.AddScoped<InspectionTaskActs>();
        services.AddSingleton(provider => new LedgerPins(provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<IOptions<ConsoleOptions>>()));
        services.AddSingleton<CheckpointCheck>();
        services.AddSingleton<FileCheck>();
        services.AddSingleton<DeletionCheck>();
        services.AddSingleton<IndependentCheck>();
    }
}
