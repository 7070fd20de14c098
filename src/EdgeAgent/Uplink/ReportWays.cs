using EdgeEnforcement.EdgeAgent.Uplink.Grpc;
using EdgeEnforcement.EdgeAgent.Uplink.Mqtt;
using Microsoft.Extensions.Options;

namespace EdgeEnforcement.EdgeAgent.Uplink;

/// The configured ways to the centre, the preferred one first, and which of them is next. Owned by the uplink's pump.
internal sealed class ReportWays(GrpcReport grpc, MqttReport mqtt, IOptions<UplinkOptions> options)
{
    private readonly IReportTransport[] _ways = options.Value.Transport switch
    {
        "grpc" => [grpc],
        "mqtt" => [mqtt],
        _ => [grpc, mqtt],
    };

    private int _at;

    public IReportTransport Current => _ways[_at];

    public bool IsPreferred => _at == 0;

    /// After a failure. False when every way has been tried: it is time to wait.
    public bool TryOther()
    {
        _at = (_at + 1) % _ways.Length;
        return _at != 0;
    }

    public void Prefer() => _at = 0;
}
