using System.Buffers;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Server;
using Google.Protobuf;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>
/// A message of a simple device as envelope bytes (docs/formats/device-message.md), written by hand: this is done for every message of every
/// sensor, and the payload is copied once, from the socket's buffer into its place. What does not change within a session and topic is
/// laid out once.
/// <code>
/// envelope: 0a type | 12 len [ 0a identity: producer, epoch, class, number (9 bytes, left open) | 12 device | 20 sensitivity
///                              | 82 03 len [ 08 content 12 kind | 1a len payload | 22 client 28 session | 30 packet id 38 qos 40 dup ... ] ]
/// </code>
/// </summary>
internal sealed class DeviceMessageFormatter
{
    private const int LargestTailBytes = 64;
    private const byte LengthDelimited = 2;

    private readonly byte[] _head;
    private readonly byte[] _beforePayload;
    private readonly byte[] _session;

    public DeviceMessageFormatter(DeviceTopic topic, string clientId, ulong sessionNumber)
    {
        _head = Head(topic.Device);
        _beforePayload = new DeviceMessage
        {
            Content = topic.Kind == DeviceTopicKind.Json ? DeviceContent.Json : DeviceContent.Raw, Kind = topic.RawKind,
        }.ToByteArray();
        _session = new DeviceMessage { ClientId = clientId, SessionNumber = sessionNumber }.ToByteArray();
    }

    /// <summary>The number stays open; <paramref name="sequenceOffset"/> says where.</summary>
    public byte[] Format(in IntakePublish publish, string contentType, RefusalDetail? quarantine, out int sequenceOffset)
    {
        Span<byte> tail = stackalloc byte[LargestTailBytes];
        tail = tail[..WriteTail(tail, publish)];
        byte[] rare = contentType.Length == 0 && quarantine is null
            ? []
            : new DeviceMessage { ContentType = contentType, RefusalCode = (uint)(quarantine?.Code ?? 0), RefusalDetail = quarantine?.Detail ?? "" }.ToByteArray();

        var payloadBytes = (int)publish.Payload.Length;
        var body = _beforePayload.Length + 1 + VarintLength(payloadBytes) + payloadBytes + _session.Length + tail.Length + rare.Length;
        var record = _head.Length + TagLength(Record.DeviceMessageFieldNumber) + VarintLength(body) + body;
        var type = PayloadTypes.Record.Length;
        var envelope = new byte[1 + VarintLength(type) + type + 1 + VarintLength(record) + record];

        var at = 0;
        At(envelope, ref at, Tag(SignedEnvelope.PayloadTypeFieldNumber), type);
        at += Encoding.ASCII.GetBytes(PayloadTypes.Record, envelope.AsSpan(at));
        At(envelope, ref at, Tag(SignedEnvelope.PayloadFieldNumber), record);
        sequenceOffset = at + DoorIdentity.SequenceOffset;
        Copy(envelope, ref at, _head);
        At(envelope, ref at, Tag(Record.DeviceMessageFieldNumber), body);
        Copy(envelope, ref at, _beforePayload);
        At(envelope, ref at, Tag(DeviceMessage.PayloadFieldNumber), payloadBytes);
        publish.Payload.CopyTo(envelope.AsSpan(at));
        at += payloadBytes;
        Copy(envelope, ref at, _session);
        Copy(envelope, ref at, tail);
        Copy(envelope, ref at, rare);
        return envelope;
    }

    private static int WriteTail(Span<byte> tail, in IntakePublish publish)
    {
        var at = 0;
        if (publish.QoS == QoS.AtMostOnce)
            return at;
        At(tail, ref at, DeviceMessage.PacketIdFieldNumber << 3, publish.PacketId);
        At(tail, ref at, DeviceMessage.QosFieldNumber << 3, (int)publish.QoS);
        if (publish.IsDuplicate)
            At(tail, ref at, DeviceMessage.DupFieldNumber << 3, 1);
        return at;
    }

    private static byte[] Head(string device)
    {
        byte[] rest = new Record { SourceDevice = device, Sensitivity = Sensitivity.Internal }.ToByteArray();
        return [.. DoorIdentity.Bytes, .. rest];
    }

    private static int Tag(int field) => field << 3 | LengthDelimited;

    private static int TagLength(int field) => VarintLength(Tag(field));

    private static void At(Span<byte> bytes, ref int at, int tag, int value)
    {
        WriteVarint(bytes, ref at, tag);
        WriteVarint(bytes, ref at, value);
    }

    private static void Copy(Span<byte> bytes, ref int at, ReadOnlySpan<byte> part)
    {
        part.CopyTo(bytes[at..]);
        at += part.Length;
    }

    private static void WriteVarint(Span<byte> bytes, ref int at, int value)
    {
        var left = (uint)value;
        for (; left >= 0x80; left >>= 7)
            bytes[at++] = (byte)(left | 0x80);
        bytes[at++] = (byte)left;
    }

    private static int VarintLength(int value) => CodedOutputStream.ComputeUInt32Size((uint)value);
}
