using System.Runtime.InteropServices;

namespace EdgeEnforcement.Evidence;

/// <summary>The part of OpenSSL 3's EVP interface that .NET does not offer (SM3).</summary>
internal static partial class LibCrypto
{
    private const string Library = "libcrypto.so.3";

    [LibraryImport(Library, EntryPoint = "EVP_MD_fetch", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial EvpMdHandle FetchDigest(nint context, string algorithm, string? properties);

    [LibraryImport(Library, EntryPoint = "EVP_MD_free")]
    internal static partial void FreeDigest(nint digest);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    internal static partial EvpMdContextHandle NewDigestContext();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    internal static partial void FreeDigestContext(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestInit_ex")]
    internal static partial int DigestInit(EvpMdContextHandle context, EvpMdHandle digest, nint engine);

    [LibraryImport(Library, EntryPoint = "EVP_DigestUpdate")]
    internal static partial int DigestUpdate(EvpMdContextHandle context, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_DigestFinal_ex")]
    internal static partial int DigestFinal(EvpMdContextHandle context, Span<byte> destination, out uint length);
}
