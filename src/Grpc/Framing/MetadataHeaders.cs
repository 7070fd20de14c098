using System.Collections.Frozen;
using System.Globalization;
using Grpc.Core;

namespace Grpc.Framing;

/// <summary>Metadata as HTTP headers: text as it is, <c>-bin</c> as base64 (unpadded when sent, either way when received).</summary>
internal static class MetadataHeaders
{
    /// <summary>Headers that belong to the protocol, never to the application, in either direction.</summary>
    private static readonly FrozenSet<string> Reserved = new[]
    {
        GrpcProtocol.StatusHeader, GrpcProtocol.MessageHeader, GrpcProtocol.TimeoutHeader, GrpcProtocol.EncodingHeader,
        GrpcProtocol.AcceptEncodingHeader, GrpcProtocol.EncodingRequestKey, "content-type", "content-length", "content-encoding", "accept-encoding", "te", "host",
        "connection", "transfer-encoding", "date", "server", "trailer",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsReserved(string key) => key.StartsWith(':') || Reserved.Contains(key);

    public static string ToHeaderValue(Metadata.Entry entry) =>
        entry.IsBinary ? Convert.ToBase64String(entry.Bytes).TrimEnd('=') : entry.Value;

    /// <summary>Adds what a peer sent under one name. Several binary values may have been joined by commas on the way.</summary>
    /// <exception cref="RpcException">The value of a binary key is not base64.</exception>
    public static void AddReceived(Metadata metadata, string key, string value)
    {
        if (IsReserved(key))
            return;
        var name = key.ToLower(CultureInfo.InvariantCulture);
        if (!name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.Ordinal))
        {
            metadata.Add(Metadata.Entry.FromWire(name, value));
            return;
        }

        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries))
            metadata.Add(Metadata.Entry.FromWire(name, DecodeBase64(name, part)));
    }

    private static byte[] DecodeBase64(string key, string text)
    {
        var padded = (text.Length % 4) switch
        {
            2 => text + "==",
            3 => text + "=",
            _ => text,
        };
        var bytes = new byte[padded.Length / 4 * 3];
        return Convert.TryFromBase64String(padded, bytes, out var count)
            ? bytes[..count]
            : throw new RpcException(new Status(StatusCode.Internal, $"The value of '{key}' is not base64."));
    }
}
