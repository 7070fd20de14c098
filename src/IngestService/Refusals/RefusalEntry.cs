using Grpc.Core;

namespace EdgeEnforcement.IngestService.Refusals;

/// <summary>One line of docs/refusals.json. The MQTT number is the 5.0 reason code.</summary>
internal sealed record RefusalEntry(string Name, bool Permanent, string Stage, StatusCode Grpc, int Http, byte Mqtt);
