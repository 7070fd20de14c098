using System.Net;
using System.Net.Sockets;

namespace EdgeEnforcement.Mqtt.Tests.Client;

/// <summary>The server's side of a loopback socket, played by the test packet by packet.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ScriptedServer(MqttVersion version = MqttVersion.V5)
    {
        Version = version;
        _listener.Start();
    }

    public MqttVersion Version { get; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async Task<ServerLink> AcceptAsync() => new(await _listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken), Version);

    public void Dispose() => _listener.Dispose();
}
