using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server.Calls;

/// <summary>The client's address in gRPC's notation.</summary>
internal static class PeerAddress
{
    public static string Format(ConnectionInfo connection)
    {
        var address = connection.RemoteIpAddress;
        if (address is null)
            return "unknown"; // a Unix socket's client, or a test server
        return address.AddressFamily == AddressFamily.InterNetwork
            ? string.Create(CultureInfo.InvariantCulture, $"ipv4:{address}:{connection.RemotePort}")
            : string.Create(CultureInfo.InvariantCulture, $"ipv6:[{address}]:{connection.RemotePort}");
    }
}
