namespace EdgeEnforcement.OutletSimulator;

internal enum IncidentKind
{
    /// <summary>COD and ammonia climb over the limit, stay there, and fall: forty minutes.</summary>
    NightDischarge,

    /// <summary>Flag M with high values: somebody works on the instrument, twenty minutes.</summary>
    Maintenance,

    /// <summary>The link is gone for eleven minutes, and in the middle of them the limit is exceeded.</summary>
    CablePulled,
}
