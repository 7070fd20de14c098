using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeEnforcement.Evidence;

/// <summary>
/// DSSE pre-authentication encoding: <c>"DSSEv1" SP len(type) SP type SP len(payload) SP payload</c>, lengths decimal, of UTF-8 bytes.
/// The lengths keep type and payload from being read at another boundary.
/// </summary>
public static class Pae
{
    public static byte[] Encode(string payloadType, ReadOnlySpan<byte> payload) => [.. Head(payloadType, payload.Length), .. payload];

    /// <summary>SHA-256 of the encoding without building it.</summary>
    public static Sha256Hash Hash(string payloadType, ReadOnlySpan<byte> payload)
    {
        using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hasher.AppendData(Head(payloadType, payload.Length));
        hasher.AppendData(payload);
        return Sha256Hash.Finish(hasher);
    }

    private static byte[] Head(string payloadType, int payloadLength) =>
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(payloadType)} {payloadType} {payloadLength} "));
}
