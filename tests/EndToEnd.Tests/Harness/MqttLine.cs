using System.Buffers.Binary;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Tests.Server;
using Google.Protobuf;

namespace EdgeEnforcement.EndToEnd.Tests.Harness;

/// <summary>
/// ee/v1/{producer}/up and down on a persistent session of MQTT 5.0, byte by byte. An answer to a request of an earlier connection may still
/// come from the session: it is passed over.
/// </summary>
internal sealed class MqttLine(int port) : IReportLine
{
    private static readonly byte[] ForAnHour = [0x11, 0, 0, 0x0E, 0x10];

    private readonly Queue<(ulong Wire, ulong Given)> _unanswered = new();
    private readonly Queue<ReportResponse> _answers = new();
    private RawClient? _client;
    private string _up = "";
    private ulong _wire;
    private ushort _id;
    private int _toBeAcknowledged;

    /// <summary>Every PUBACK as it came, in order.</summary>
    public List<RawPacket> Acknowledged { get; } = [];

    private RawClient Client => _client ?? throw new InvalidOperationException("not connected");

    public async Task OpenAsync(string producer, CancellationToken cancellation)
    {
        _client?.Dispose();
        _unanswered.Clear();
        _answers.Clear();
        _toBeAcknowledged = Acknowledged.Count;
        _up = $"ee/v1/{producer}/up";
        _client = await RawClient.OpenAsync(port);
        await _client.ConnectAsync(producer, clean: false, properties: ForAnHour);
        await _client.SendAsync(RawPackets.Subscribe($"ee/v1/{producer}/down"));
        // What waits in the session may come before SUBACK.
        while (await _client.ReadAsync() is { Type: not 9 } earlier)
            await _client.SendAsync(RawPackets.Puback(earlier.Id));
    }

    public async Task SendAsync(ReportRequest request, CancellationToken cancellation)
    {
        var isHello = request.MessageCase == ReportRequest.MessageOneofCase.Hello;
        _unanswered.Enqueue((++_wire, request.Correlation));
        if (isHello)
            request.Correlation = _wire;
        var correlation = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(correlation, _wire);
        _id = (ushort)((_id % 1_000) + 1);
        await Client.SendAsync(RawPackets.Publish(
            isHello ? _up + "/hello" : _up, isHello ? request.ToByteArray() : request.Envelope.ToByteArray(), QoS.AtLeastOnce, _id,
            properties: [0x09, 0, sizeof(ulong), .. correlation]));
    }

    /// <summary>The answer on down, when its PUBACK has come too.</summary>
    public async Task<ReportResponse> ReadAsync(CancellationToken cancellation)
    {
        _toBeAcknowledged++;
        while (_answers.Count == 0 || Acknowledged.Count < _toBeAcknowledged)
        {
            var packet = await Client.ReadAsync();
            if (packet.Type == 4)
                Acknowledged.Add(packet);
            else
                await TakeAsync(packet);
        }
        return _answers.Dequeue();
    }

    public void Dispose() => _client?.Dispose();

    private async Task TakeAsync(RawPacket packet)
    {
        if (packet.Type == 14)
            throw new EndOfStreamException($"the service ended the connection: {packet.Hex}");
        Assert.Equal(3, packet.Type);
        await Client.SendAsync(RawPackets.Puback(packet.Id));
        var answer = ReportResponse.Parser.ParseFrom(packet.Payload(MqttVersion.V5).Span);
        if (!_unanswered.TryPeek(out var oldest) || answer.Correlation < oldest.Wire)
            return;
        Assert.Equal(oldest.Wire, answer.Correlation);
        answer.Correlation = _unanswered.Dequeue().Given;
        _answers.Enqueue(answer);
    }
}
