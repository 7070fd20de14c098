namespace EdgeEnforcement.Evidence;

/// <summary>The names of digest algorithms as they stand in a manifest's digest list.</summary>
public static class DigestAlgorithms
{
    public const string Sha256 = "sha-256";
    public const string Sm3 = "sm3";

    /// <summary>MD5 as a recorder or a vendor's station gives it: kept as given, never computed here, never relied on.</summary>
    public const string VendorMd5 = "md5-vendor";

    public static bool IsComputed(string algorithm) => algorithm is Sha256 or Sm3;
}
