using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace EdgeEnforcement.Mqtt.Server;

/// <summary>What access decides by when a client connects.</summary>
/// <param name="ClientId">Never empty: one is assigned before access is asked.</param>
/// <param name="Certificate">Of the client, over TLS; null where it showed none.</param>
public sealed record ConnectRequest(
    string ClientId, bool IsAssigned, EndPoint? Remote, X509Certificate2? Certificate, string? UserName, ReadOnlyMemory<byte>? Password);
