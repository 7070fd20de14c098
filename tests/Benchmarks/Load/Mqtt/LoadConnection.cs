using System.Net.Sockets;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>A connection of the driver: bytes that wait to be written, bytes that are not yet a whole packet. One loop owns it.</summary>
internal abstract class LoadConnection : IDisposable
{
    private const int ReceiveBytes = 64 * 1024;

    private readonly byte[] _received = new byte[ReceiveBytes];
    private readonly byte[] _toSend;
    private readonly ILoadTransport _transport;
    private int _receivedCount;
    private int _sendFrom;
    private int _sendTo;

    protected LoadConnection(MqttLoadOptions options, string clientId, int sendBytes)
    {
        Options = options;
        _toSend = new byte[sendBytes];
        Socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Socket.Connect(options.Host, options.Port);
        _transport = options.IsTls ? new TlsTransport(Socket) : new SocketTransport(Socket);
        _transport.Send(LoadPacket.Connect(options.Version, clientId));
        var answer = Answer(0x20);
        if (answer[1] != 0)
            throw new InvalidOperationException($"{clientId} was refused: 0x{answer[1]:X2}");
    }

    /// <summary>For its events only.</summary>
    public Socket Socket { get; }

    public abstract bool IsDone { get; }

    public bool WaitsForRoom { get; private set; }

    protected MqttLoadOptions Options { get; }

    protected Span<byte> Room => _toSend.AsSpan(_sendTo);

    public void EnterLoop() => _transport.EnterLoop();

    /// <summary>Writes what the window and the clock allow.</summary>
    public abstract void Send(long now);

    /// <summary>Takes all packets that are there.</summary>
    public void Receive(long now)
    {
        while (true)
        {
            var count = _transport.Receive(_received.AsSpan(_receivedCount));
            if (count == 0)
                return;
            var available = _receivedCount + count;
            var whole = TakePackets(_received.AsSpan(0, available), now);
            _receivedCount = available - whole;
            if (_receivedCount > 0 && whole > 0)
                _received.AsSpan(whole, _receivedCount).CopyTo(_received);
            if (available < _received.Length && _transport.TellsWhenEmpty)
                return;
        }
    }

    public void Flush()
    {
        if (_sendTo > _sendFrom)
            _sendFrom += _transport.Send(_toSend.AsSpan(_sendFrom, _sendTo - _sendFrom));
        WaitsForRoom = _sendFrom < _sendTo;
        if (!WaitsForRoom)
            _sendFrom = _sendTo = 0;
    }

    public void Dispose() => _transport.Dispose();

    protected void Written(int bytes) => _sendTo += bytes;

    protected abstract void Take(byte header, ReadOnlySpan<byte> body, long now);

    /// <summary>Before the loop: asks for everything that matches.</summary>
    protected void Subscribe(string filter, int qos)
    {
        _transport.Send(LoadPacket.Subscribe(Options.Version, filter, qos));
        var granted = Answer(0x90)[^1];
        if (granted != qos)
            throw new InvalidOperationException($"the subscription was answered 0x{granted:X2}");
    }

    /// Before the loop: the body of the next packet, which must be of this type.
    private byte[] Answer(byte header)
    {
        var one = new byte[1];
        Exactly(one);
        if (one[0] != header)
            throw new InvalidOperationException($"expected packet 0x{header:X2}, got 0x{one[0]:X2}");
        var (length, shift) = (0, 0);
        do
        {
            Exactly(one);
            length |= (one[0] & 0x7F) << shift;
            shift += 7;
        }
        while (one[0] >= 0x80);
        var body = new byte[length];
        Exactly(body);
        return body;
    }

    private void Exactly(Span<byte> target)
    {
        while (target.Length > 0)
        {
            target = target[_transport.Receive(target)..];
        }
    }

    private int TakePackets(ReadOnlySpan<byte> bytes, long now)
    {
        var at = 0;
        while (true)
        {
            var (length, shift, position) = (0, 0, at + 1);
            do
            {
                if (position >= bytes.Length)
                    return at;
                length |= (bytes[position] & 0x7F) << shift;
                shift += 7;
            }
            while (bytes[position++] >= 0x80);
            if (length > ReceiveBytes - 5)
                throw new InvalidOperationException($"a packet of {length} bytes came");
            if (position + length > bytes.Length)
                return at;
            Take(bytes[at], bytes.Slice(position, length), now);
            at = position + length;
        }
    }
}
