namespace EdgeEnforcement.Evidence;

/// <summary>The names of signature algorithms as they stand in an envelope.</summary>
public static class SignatureAlgorithms
{
    /// <summary>ASN.1 DER SEQUENCE{r,s}.</summary>
    public const string EcdsaP256Sha256 = "ecdsa-p256-sha256";
}
