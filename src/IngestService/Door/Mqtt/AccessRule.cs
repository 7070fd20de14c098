using System.Security.Cryptography;
using System.Text;

namespace EdgeEnforcement.IngestService.Door.Mqtt;

/// <summary>One line of the rules: who is meant, what proves it, and the topic filters that are his. <c>{client}</c> stands for the client id.</summary>
/// <param name="Client">A client id, or its beginning and <c>*</c>.</param>
/// <param name="UserName">Null: none is asked for.</param>
/// <param name="Password">As <c>iterations:salt:hash</c>, base64, PBKDF2 with SHA-256; null: none is asked for.</param>
/// <param name="CertificateSha256">Of the client's certificate, hex; null: none is asked for.</param>
internal sealed record AccessRule(
    string Client, string? UserName, string? Password, string? CertificateSha256, IReadOnlyList<string> Publish, IReadOnlyList<string> Subscribe)
{
    /// <summary>What the links of its clients share, so that they fail together; null: each its remote address.</summary>
    public string? Gateway { get; init; }

    /// <summary>Whether presence of its clients is kept in the ledger.</summary>
    public bool HasPresence { get; init; } = true;

    public const string ClientPlace = "{client}";

    public bool IsFor(string clientId) => Client.EndsWith('*')
        ? clientId.AsSpan().StartsWith(Client.AsSpan(0, Client.Length - 1), StringComparison.Ordinal)
        : string.Equals(clientId, Client, StringComparison.Ordinal);

    public bool IsPassword(ReadOnlySpan<byte> password)
    {
        if (!TryReadPassword(Password, out var iterations, out var salt, out var hash))
            return false;
        var given = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, hash.Length);
        return CryptographicOperations.FixedTimeEquals(given, hash);
    }

    public static bool TryReadPassword(string? text, out int iterations, out byte[] salt, out byte[] hash)
    {
        (iterations, salt, hash) = (0, [], []);
        var parts = text?.Split(':') ?? [];
        if (parts.Length != 3 || !int.TryParse(parts[0], out iterations) || iterations < 1)
            return false;
        salt = new byte[Encoding.ASCII.GetByteCount(parts[1])];
        hash = new byte[Encoding.ASCII.GetByteCount(parts[2])];
        if (!Convert.TryFromBase64String(parts[1], salt, out var saltBytes) || !Convert.TryFromBase64String(parts[2], hash, out var hashBytes) || hashBytes < 16)
            return false;
        (salt, hash) = (salt[..saltBytes], hash[..hashBytes]);
        return true;
    }
}
