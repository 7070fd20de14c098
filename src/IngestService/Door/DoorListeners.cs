using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EdgeEnforcement.IngestService.Door;

/// <summary>The sockets: loopback only until certificates land.</summary>
internal static class DoorListeners
{
    // Two chunks: what an upload sends ahead while the disk is flushed. Kestrel's default of 768 KB would stop it six times a chunk.
    private const int StreamWindowBytes = 8 << 20;

    public static void ListenAtDoor(this KestrelServerOptions kestrel, DoorOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.Http2.InitialStreamWindowSize = StreamWindowBytes;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 2 * StreamWindowBytes;
        // A stream may be silent for hours, and a body has no length: limits are the door's own, per message.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Listen(System.Net.IPAddress.Loopback, options.GrpcPort, listener => listener.Protocols = HttpProtocols.Http2);
        kestrel.Listen(System.Net.IPAddress.Loopback, options.HttpPort, listener => listener.Protocols = HttpProtocols.Http1);
    }
}
