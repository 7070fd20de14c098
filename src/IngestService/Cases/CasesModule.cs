using EdgeEnforcement.IngestService.Cases.Deadlines;
using EdgeEnforcement.IngestService.Cases.Erasure;
using EdgeEnforcement.IngestService.Cases.Inspections;
using EdgeEnforcement.IngestService.Cases.Numbers;
using EdgeEnforcement.IngestService.Cases.Procedure;
using EdgeEnforcement.IngestService.Cases.Registers;

namespace EdgeEnforcement.IngestService.Cases;

internal static class CasesModule
{
    /// <summary>Needs the ledger's faces, the projections and the media store.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        services.AddSingleton<ActState>();
        services.AddSingleton<ActorStanding>();
        services.AddSingleton<AlertActs>();
        services.AddSingleton<OpeningClocks>();
        services.AddSingleton<InspectionContexts>();
        services.AddSingleton<InspectionTasks>();
        services.AddSingleton<SeenInspections>();
        services.AddSingleton<CaseOpenings>();
        services.AddSingleton<CaseActs>();
        services.AddSingleton<InspectionCases>();
        services.AddSingleton<LedgerSteps>();
        services.AddSingleton<FileSteps>();
        services.AddSingleton<EvidenceCheck>();
        services.AddSingleton<ErasureExecution>();
        services.AddSingleton<ErasureActs>();
        services.AddSingleton<RegisterTurn>();
        services.AddSingleton<RegisterActs>();
        services.AddSingleton<RegisterImport>();
        services.AddSingleton<NumberOffers>();
        services.AddSingleton<NumberActs>();
        services.AddSingleton<ProcedureContexts>();
        services.AddSingleton<DocumentNames>();
        services.AddSingleton<DocumentDrafts>();
        services.AddSingleton<ProcedureActs>();
        services.AddSingleton<RulesActivation>();
        services.AddDeadlines();
        return services;
    }
}
