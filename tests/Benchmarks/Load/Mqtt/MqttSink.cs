using System.Net;
using System.Net.Sockets;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>
/// What the driver alone can do: a server that acknowledges and does nothing else, on one thread, for one driver at a time.
/// It knows the driver's packets and nothing more of MQTT.
/// </summary>
internal static class MqttSink
{
    public static int Run(int port)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        listener.Listen(1024);
        using var epoll = new Epoll(1024);
        var clients = new List<Client?> { null };
        epoll.Watch(listener, 0);
        while (true)
        {
            var count = epoll.Wait(TimeSpan.FromHours(1));
            for (var i = 0; i < count; i++)
            {
                var token = epoll.Token(i);
                if (token == 0)
                {
                    var client = new Client(listener.Accept());
                    epoll.Watch(client.Socket, clients.Count);
                    clients.Add(client);
                }
                else if (clients[token]?.Answer() == false)
                {
                    clients[token]!.Socket.Dispose();
                    clients[token] = null;
                }
            }
        }
    }

    private sealed class Client
    {
        private readonly byte[] _received = new byte[64 * 1024];
        private readonly byte[] _answers = new byte[64 * 1024];
        private int _kept;

        public Client(Socket socket)
        {
            Socket = socket;
            socket.NoDelay = true;
        }

        public Socket Socket { get; }

        /// False when the driver has gone.
        public bool Answer()
        {
            var count = Socket.Receive(_received.AsSpan(_kept), SocketFlags.None, out var error);
            if (count == 0 || error != SocketError.Success)
                return false;
            var bytes = _received.AsSpan(0, _kept + count);
            var (at, answered) = (0, 0);
            while (PacketLength(bytes[at..], out var bodyAt) is var length && length > 0)
            {
                answered += AnswerTo(bytes.Slice(at, length), bodyAt, _answers.AsSpan(answered));
                at += length;
            }
            _kept = bytes.Length - at;
            bytes[at..].CopyTo(_received);
            Socket.Send(_answers.AsSpan(0, answered));
            return true;
        }

        private static int AnswerTo(ReadOnlySpan<byte> packet, int bodyAt, Span<byte> answer)
        {
            ReadOnlySpan<byte> bytes = packet[0] switch
            {
                0x10 => [0x20, 2, 0, 0],
                0xC0 => [0xD0, 0],
                0x32 when bodyAt + 2 + packet[bodyAt + 1] is var at => [0x40, 2, packet[at], packet[at + 1]],
                _ => [],
            };
            bytes.CopyTo(answer);
            return bytes.Length;
        }

        private static int PacketLength(ReadOnlySpan<byte> bytes, out int bodyAt)
        {
            var (length, shift) = (0, 0);
            for (bodyAt = 1; bodyAt < bytes.Length; shift += 7)
            {
                length |= (bytes[bodyAt] & 0x7F) << shift;
                if (bytes[bodyAt++] < 0x80)
                    return bodyAt + length <= bytes.Length ? bodyAt + length : 0;
            }
            return 0;
        }
    }
}
