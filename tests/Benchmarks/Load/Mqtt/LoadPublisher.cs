using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>
/// Publishes a number of messages. Closed loop: as many unacknowledged as the window allows. Open loop: each message has its moment and
/// its latency counts from there, whenever the window let it go, so a server that stalls cannot hide it.
/// QoS 0 has no acknowledgement; a PINGREQ behind the last message and its answer say that all was read.
/// </summary>
internal sealed class LoadPublisher : LoadConnection
{
    private readonly ILoadMessages _messages;
    private readonly LatencyHistogram _latencies;
    private readonly int _number;
    private readonly long[] _since;
    private long _before; // messages of earlier runs
    private long _target;
    private long _sent;
    private long _acknowledged;
    private long _start;
    private double _interval;
    private bool _pinged;
    private bool _answered;

    public LoadPublisher(MqttLoadOptions options, int number, ILoadMessages messages, LatencyHistogram latencies)
        : base(options, Named(options.ClientId, number), Math.Max(64 * 1024, messages.MaximumLength * 2))
    {
        (_number, _latencies, _messages) = (number, latencies, messages);
        _since = new long[BitOperations.RoundUpToPowerOf2((uint)options.Window)];
        if (options.Body != LoadBody.Raw)
            Subscribe(SignedMessages.Down(number), qos: 0); // receipts, without which an agent cannot prove anything
    }

    public override bool IsDone => Options.Qos > 0 ? _acknowledged == _target : _answered;

    /// <summary>Messages whose acknowledgement (5.0) or receipt (signed bodies) does not count as success.</summary>
    public long Refused { get; private set; }

    public void Begin(long messages, long start, double rate)
    {
        (_before, _target, _start, _sent, _acknowledged, _pinged, _answered) = (_before + _sent, messages, start, 0, 0, false, false);
        // The connections take turns within the interval.
        _interval = rate > 0 ? 1e9 * Options.Connections / rate : 0;
        _start += (long)(_interval * _number / Options.Connections);
    }

    public override void Send(long now)
    {
        // What waits for room goes first: messages written behind it would only look sent.
        if (WaitsForRoom)
            Flush();
        while (!WaitsForRoom && Write(now))
            Flush();
    }

    /// False when nothing may be sent now.
    private bool Write(long now)
    {
        var sentBefore = _sent;
        var mayHave = Options.Qos > 0 ? Math.Min(_target, _acknowledged + Options.Window) : _target;
        while (_sent < mayHave && Room.Length >= _messages.MaximumLength)
        {
            var due = _interval > 0 ? _start + (long)(_sent * _interval) : now;
            if (due > now)
                break;
            _since[_sent & (_since.Length - 1)] = due;
            Written(_messages.Write(_before + _sent, Room, IdOf(_sent), now));
            _sent++;
        }
        if (Options.Qos > 0 || _sent < _target || _pinged || Room.Length < 2)
            return _sent > sentBefore;
        (Room[0], Room[1]) = (0xC0, 0);
        Written(2);
        return _pinged = true;
    }

    protected override void Take(byte header, ReadOnlySpan<byte> body, long now)
    {
        if (header == 0xD0)
        {
            _answered = true;
            return;
        }
        if ((header & 0xF0) == 0x30)
        {
            TakeReceipt(body);
            return;
        }
        if (header != 0x40)
            throw new InvalidOperationException($"expected PUBACK, got 0x{header:X2}");
        var id = BinaryPrimitives.ReadUInt16BigEndian(body);
        if (id != IdOf(_acknowledged))
            throw new InvalidOperationException($"PUBACK for {id} came, {IdOf(_acknowledged)} is the oldest [MQTT-4.6.0-2]");
        if (body.Length > 2 && body[2] >= 0x80)
            Refused++;
        _latencies.Add(now - _since[_acknowledged & (_since.Length - 1)]);
        _acknowledged++;
    }

    /// Of 3.1.1 the acknowledgement alone says no only by closing the connection.
    private void TakeReceipt(ReadOnlySpan<byte> body)
    {
        var at = 2 + BinaryPrimitives.ReadUInt16BigEndian(body);
        if (Options.Version >= 5)
            at += 1 + body[at]; // the length of properties that fit in 127 bytes
        if (ReportResponse.Parser.ParseFrom(body[at..]).Receipt?.Code != ReceiptCode.Appended)
            Refused++;
    }

    public static string Named(string template, int number) =>
        template.Replace("{n}", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static ushort IdOf(long number) => (ushort)((number % 65_535) + 1);
}
