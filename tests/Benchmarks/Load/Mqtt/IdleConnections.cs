using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>
/// What a connection that says nothing costs the server: CONNECT, a subscription to its own <c>down</c>, silence. Resident memory before and
/// after, with the memory that the server needs to take many connections at once counted in.
/// </summary>
internal static class IdleConnections
{
    // One address has 28,000 ports to go out by.
    private const int PerAddress = 10_000;

    // Twice the same within so much of it: nothing is being freed any more.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private const int MostSettlings = 10;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = MqttLoadOptions.Parse(arguments);
        var before = await SettledKiBAsync(options);
        var connections = new List<ILoadTransport>(options.Connections);
        try
        {
            var started = LoadLoop.Now();
            for (var i = 0; i < options.Connections; i++)
                connections.Add(Open(options, i));
            var seconds = (LoadLoop.Now() - started) / 1e9;
            var after = await SettledKiBAsync(options);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {options.Row} | {connections.Count:N0} | {connections.Count / seconds:N0} | {before / 1024.0:N0} | {after / 1024.0:N0} | {(after - before) * 1024.0 / connections.Count:N0} |"));
            return 0;
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private static ILoadTransport Open(MqttLoadOptions options, int number)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + (number / PerAddress))]), 0));
        socket.Connect(options.Host, options.Port);
        ILoadTransport transport = options.IsTls ? new TlsTransport(socket) : new SocketTransport(socket);
        var clientId = $"idle-{number}";
        transport.Send(LoadPacket.Connect(options.Version, clientId));
        Expect(transport, 0x20, options.Version >= 5 ? 6 : 4);
        transport.Send(LoadPacket.Subscribe(options.Version, $"ee/v1/{clientId}/down", qos: 1));
        Expect(transport, 0x90, options.Version >= 5 ? 6 : 5);
        return transport;
    }

    /// The rest of what came with it is of no interest.
    private static void Expect(ILoadTransport transport, byte header, int atLeast)
    {
        Span<byte> answer = stackalloc byte[256];
        var count = 0;
        while (count < atLeast)
            count += transport.Receive(answer[count..]);
        if (answer[0] != header)
            throw new InvalidOperationException($"expected packet 0x{header:X2}, got 0x{answer[0]:X2}");
    }

    private static async Task<long> SettledKiBAsync(MqttLoadOptions options)
    {
        var last = ProcessReading.ResidentKiB(options.Processes);
        for (var i = 0; i < MostSettlings; i++)
        {
            await Task.Delay(Settling, TimeProvider.System);
            var now = ProcessReading.ResidentKiB(options.Processes);
            if (Math.Abs(now - last) < last / 200)
                return now;
            last = now;
        }
        return last;
    }
}
