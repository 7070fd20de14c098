namespace EdgeEnforcement.IngestService.Door.Mqtt;

internal enum DeviceTopicKind
{
    Unknown,
    Envelope,
    Hello,
    Json,
    Raw,
}
