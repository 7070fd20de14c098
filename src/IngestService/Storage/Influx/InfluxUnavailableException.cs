namespace EdgeEnforcement.IngestService.Storage.Influx;

/// <summary>Trying again later may help.</summary>
internal sealed class InfluxUnavailableException(string message) : Exception(message);
