namespace EdgeEnforcement.IngestService.Projections.Fleet;

/// <summary>A producer's key and the entry that registered it. <paramref name="PublicKey"/> is SubjectPublicKeyInfo DER.</summary>
internal sealed record ProducerKey(string Producer, string KeyId, byte[] PublicKey, ulong EntryIndex);
