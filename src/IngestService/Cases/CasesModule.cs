namespace EdgeEnforcement.IngestService.Cases;

internal static class CasesModule
{
    /// <param name="services">The host's services; needs the ledger's faces and the projections.</param>
    /// <param name="dataDirectory">DATA; stored files are DATA/media/objects/&lt;first 2 hex&gt;/&lt;hex&gt;.</param>
    public static IServiceCollection AddCases(this IServiceCollection services, string dataDirectory)
    {
        services.AddSingleton<ActState>();
        services.AddSingleton<AlertActs>();
        services.AddSingleton<CaseActs>();
        services.AddSingleton<LedgerSteps>();
        services.AddSingleton(new FileSteps(Path.Combine(dataDirectory, "media", "objects")));
        services.AddSingleton<EvidenceCheck>();
        return services;
    }
}
