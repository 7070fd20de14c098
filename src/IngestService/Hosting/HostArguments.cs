namespace EdgeEnforcement.IngestService.Hosting;

/// <summary>The command line of 'run'. What is null is left to the configuration file and the defaults.</summary>
internal sealed record HostArguments(string? DataDirectory, int? GrpcPort = null, int? HttpPort = null, string? ConfigFile = null, double? FlushDelay = null, int? MqttPort = null, string? MqttAccess = null)
{
    public IEnumerable<KeyValuePair<string, string?>> AsConfiguration()
    {
        var invariant = System.Globalization.CultureInfo.InvariantCulture;
        if (DataDirectory is not null)
            yield return new("Hosting:DataDirectory", DataDirectory);
        if (GrpcPort is { } grpc)
            yield return new("Door:GrpcPort", grpc.ToString(invariant));
        if (HttpPort is { } http)
            yield return new("Door:HttpPort", http.ToString(invariant));
        if (MqttPort is { } mqtt)
            yield return new("Door:Mqtt:Port", mqtt.ToString(invariant));
        if (MqttAccess is not null)
            yield return new("Door:Mqtt:AccessFile", MqttAccess);
        if (FlushDelay is { } delay)
            yield return new("Ledger:FlushDelayMilliseconds", delay.ToString(invariant));
    }
}
