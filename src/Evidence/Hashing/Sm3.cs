using System.Security.Cryptography;

namespace EdgeEnforcement.Evidence;

/// <summary>Incremental SM3 (GB/T 32905) through OpenSSL. One owner at a time: the context is not thread-safe.</summary>
public sealed class Sm3 : IDisposable
{
    public const int SizeBytes = 32;

    private readonly EvpMdHandle _digest;
    private readonly EvpMdContextHandle _context;

    public Sm3()
    {
        try
        {
            _digest = LibCrypto.FetchDigest(0, "SM3", properties: null);
            if (_digest.IsInvalid)
                throw new PlatformNotSupportedException("OpenSSL is present but offers no SM3; take sm3 out of the digest profile.");
            _context = LibCrypto.NewDigestContext();
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new PlatformNotSupportedException(
                "SM3 needs OpenSSL 3 (libcrypto.so.3), which was not found; install it or take sm3 out of the digest profile.", e);
        }

        Reset();
    }

    public static byte[] HashData(ReadOnlySpan<byte> data)
    {
        using var sm3 = new Sm3();
        sm3.Append(data);
        return sm3.FinishAndReset();
    }

    public void Append(ReadOnlySpan<byte> data)
    {
        // An empty span marshals as a null pointer, which OpenSSL need not accept.
        if (!data.IsEmpty)
            Require(LibCrypto.DigestUpdate(_context, data, (nuint)data.Length));
    }

    public byte[] FinishAndReset()
    {
        var hash = new byte[SizeBytes];
        Require(LibCrypto.DigestFinal(_context, hash, out _));
        Reset();
        return hash;
    }

    public void Dispose()
    {
        _context.Dispose();
        _digest.Dispose();
    }

    private void Reset() => Require(LibCrypto.DigestInit(_context, _digest, 0));

    private static void Require(int result)
    {
        if (result != 1)
            throw new CryptographicException("OpenSSL refused an SM3 operation.");
    }
}
