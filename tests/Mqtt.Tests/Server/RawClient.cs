using System.Net;
using System.Net.Sockets;

namespace EdgeEnforcement.Mqtt.Tests.Server;

/// A socket and bytes: does what it is told, also what no client should.
internal sealed class RawClient : IDisposable
{
    // Far more than anything takes: a test that waits this long has failed.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Socket _socket;
    private readonly Stream _stream;

    private RawClient(Socket socket, Stream stream) => (_socket, _stream) = (socket, stream);

    public static async Task<RawClient> OpenAsync(int port, Func<Stream, Task<Stream>>? wrap = null, int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } bytes)
            socket.ReceiveBufferSize = bytes;
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), TestContext.Current.CancellationToken);
        }
        catch
        {
            socket.Dispose(); // thousands that are refused must not wait for the collector
            throw;
        }
        Stream stream = new NetworkStream(socket);
        return new RawClient(socket, wrap is null ? stream : await wrap(stream));
    }

    public async Task SendAsync(params byte[][] packets) =>
        await _stream.WriteAsync(packets.SelectMany(packet => packet).ToArray(), TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit);

    /// Sends CONNECT and takes CONNACK.
    public async Task<RawPacket> ConnectAsync(
        string clientId, MqttVersion version = MqttVersion.V5, bool clean = true, ushort keepAlive = 0, byte[]? properties = null)
    {
        await SendAsync(RawPackets.Connect(clientId, version, clean, keepAlive, properties));
        var connack = await ReadAsync();
        Assert.Equal(2, connack.Type);
        return connack;
    }

    public async Task<RawPacket> AskAsync(byte[] packet)
    {
        await SendAsync(packet);
        return await ReadAsync();
    }

    public async Task<RawPacket> ReadAsync() =>
        await TryReadAsync() ?? throw new EndOfStreamException("the server closed the connection");

    /// Null: the server closed, or reset, the connection.
    public async Task<RawPacket?> TryReadAsync()
    {
        try
        {
            var one = new byte[1];
            if (await ReadAsync(one) == 0)
                return null;
            var first = one[0];
            int length = 0, shift = 0;
            do
            {
                if (await ReadAsync(one) == 0)
                    return null;
                length |= (one[0] & 0x7F) << shift;
                shift += 7;
            }
            while ((one[0] & 0x80) != 0);
            var body = new byte[length];
            for (var at = 0; at < length;)
            {
                var read = await ReadAsync(body.AsMemory(at));
                if (read == 0)
                    return null;
                at += read;
            }
            return new RawPacket(first, body);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// Nothing more comes, and the connection ends.
    public async Task ExpectClosedAsync() => Assert.Null((await TryReadAsync())?.Hex);

    /// DISCONNECT with this reason, then the end.
    public async Task ExpectDisconnectAsync(ReasonCode reason)
    {
        var packet = await ReadAsync();
        Assert.Equal((14, (byte)reason), (packet.Type, packet.Body.Length == 0 ? (byte)0 : packet.Body[0]));
        EndSending();
        await ExpectClosedAsync();
    }

    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task<int> ReadAsync(Memory<byte> into) => await _stream.ReadAsync(into, TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit);
}
