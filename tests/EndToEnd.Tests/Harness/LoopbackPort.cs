using System.Net;
using System.Net.Sockets;

namespace EdgeEnforcement.EndToEnd.Tests.Harness;

internal static class LoopbackPort
{
    private static readonly HashSet<int> Given = [];

    /// <summary>A port nobody listens on now and this run has not handed out before.</summary>
    public static int Next()
    {
        while (true)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var port = ((IPEndPoint)probe.LocalEndpoint).Port;
            lock (Given)
            {
                if (Given.Add(port))
                    return port;
            }
        }
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false; // somebody listens there
        }
    }
}
