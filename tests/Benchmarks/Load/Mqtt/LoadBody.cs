namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>What a publisher's payloads are.</summary>
internal enum LoadBody
{
    /// <summary>Opaque bytes.</summary>
    Raw,

    /// <summary>A signed envelope of one alert each.</summary>
    Alert,

    /// <summary>A signed envelope of a batch of 50 readings each.</summary>
    Readings,
}
