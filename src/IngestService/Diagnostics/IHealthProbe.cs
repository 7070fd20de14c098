namespace EdgeEnforcement.IngestService.Diagnostics;

/// <summary>A module's word on itself. Registered by the module, asked by /health; answers from memory.</summary>
internal interface IHealthProbe
{
    string Name { get; }

    HealthFinding Check();
}
