using System.Buffers.Binary;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Sessions;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>
/// What devices are told: <see cref="ReportResponse"/> on their <c>down</c>, QoS 1. An answer that finds nobody, or no room, is lost and counted: whoever sends
/// the record again gets it again.
/// </summary>
internal sealed class DownWriter(IBroker broker, DoorMetrics metrics)
{
    public const string ContentType = "application/vnd.edgeenforcement.report-response.v1+protobuf";

    public async Task WriteAsync(string device, ReportResponse response, CancellationToken cancellation)
    {
        var message = new ApplicationMessage
        {
            Topic = DeviceTopic.DownOf(device),
            Payload = response.ToByteArray(),
            QoS = QoS.AtLeastOnce,
            ContentType = ContentType,
            CorrelationData = response.Correlation == 0 ? null : CorrelationBytes(response.Correlation),
        };
        var outcome = await broker.PublishAsync(null, message, 0, cancellation);
        if (outcome.Reason is not (ReasonCode.Success or ReasonCode.NoMatchingSubscribers))
            metrics.DownLost();
    }

    private static byte[] CorrelationBytes(ulong correlation)
    {
        var bytes = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, correlation);
        return bytes;
    }

    /// <summary>As devices send it: eight bytes, or there is none.</summary>
    public static ulong Correlation(ReadOnlyMemory<byte>? data) =>
        data is { Length: sizeof(ulong) } bytes ? BinaryPrimitives.ReadUInt64BigEndian(bytes.Span) : 0;
}
