using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace EdgeEnforcement.Evidence;

/// <summary>A SHA-256 value held inline, so that trees and proofs allocate nothing per hash.</summary>
public readonly struct Sha256Hash : IEquatable<Sha256Hash>
{
    public const int SizeBytes = 32;

    // Below this, joining two inputs on the stack is cheaper than an incremental hash context.
    private const int JoinLimitBytes = 1024;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    private Sha256Hash(ReadOnlySpan<byte> bytes)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    public static Sha256Hash Zero => default;

    public bool IsZero => (_a | _b | _c | _d) == 0;

    public static Sha256Hash Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SizeBytes];
        SHA256.HashData(bytes, hash);
        return new Sha256Hash(hash);
    }

    /// <summary>SHA-256(first || second).</summary>
    public static Sha256Hash Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (first.Length <= JoinLimitBytes && second.Length <= JoinLimitBytes)
        {
            Span<byte> joined = stackalloc byte[first.Length + second.Length];
            first.CopyTo(joined);
            second.CopyTo(joined[first.Length..]);
            return Of(joined);
        }

        using var hasher = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hasher.AppendData(first);
        hasher.AppendData(second);
        return Finish(hasher);
    }

    public static Sha256Hash FromBytes(ReadOnlySpan<byte> bytes) =>
        TryFromBytes(bytes, out var hash) ? hash : throw new ArgumentException($"A SHA-256 value has 32 bytes, not {bytes.Length}.", nameof(bytes));

    public static bool TryFromBytes(ReadOnlySpan<byte> bytes, out Sha256Hash hash)
    {
        hash = bytes.Length == SizeBytes ? new Sha256Hash(bytes) : default;
        return bytes.Length == SizeBytes;
    }

    public static Sha256Hash Parse(string hex) => FromBytes(Convert.FromHexString(hex));

    public static bool TryParse(string? hex, out Sha256Hash hash)
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        hash = default;
        if (hex is not { Length: 2 * SizeBytes } || Convert.FromHexString(hex, bytes, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;
        hash = new Sha256Hash(bytes);
        return true;
    }

    public byte[] ToArray()
    {
        var bytes = new byte[SizeBytes];
        CopyTo(bytes);
        return bytes;
    }

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    public bool Equals(Sha256Hash other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Sha256Hash other && Equals(other);

    public override int GetHashCode() => _a.GetHashCode();

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[SizeBytes];
        CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    public static bool operator ==(Sha256Hash left, Sha256Hash right) => left.Equals(right);

    public static bool operator !=(Sha256Hash left, Sha256Hash right) => !left.Equals(right);

    internal static Sha256Hash Finish(IncrementalHash hasher)
    {
        Span<byte> hash = stackalloc byte[SizeBytes];
        hasher.GetHashAndReset(hash);
        return new Sha256Hash(hash);
    }
}
