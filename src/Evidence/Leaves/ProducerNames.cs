namespace EdgeEnforcement.Evidence;

/// <summary>A producer's name: 1 to 64 of <c>A-Z a-z 0-9 . _ -</c> (record.proto).</summary>
public static class ProducerNames
{
    public const int MaxLength = 64;

    private static readonly System.Buffers.SearchValues<char> Characters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private static readonly System.Buffers.SearchValues<byte> Bytes =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-"u8);

    public static bool IsWellFormed(ReadOnlySpan<char> name) => name.Length is >= 1 and <= MaxLength && !name.ContainsAnyExcept(Characters);

    public static bool IsWellFormed(ReadOnlySpan<byte> name) => name.Length is >= 1 and <= MaxLength && !name.ContainsAnyExcept(Bytes);
}
