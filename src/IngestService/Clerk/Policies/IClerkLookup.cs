namespace EdgeEnforcement.IngestService.Clerk.Policies;

/// <summary>
/// What the clerk knows when he decides an entry: everything in entries up to it, and every fact he decided before, whether
/// or not he has met it in the ledger yet.
/// </summary>
internal interface IClerkLookup
{
    bool IsAlertOpen(string alertId);

    /// <summary>Attached once, by whomever, or detached by a person: either way the clerk leaves this pair alone.</summary>
    bool IsSettled(string caseId, ulong manifestIndex);

    ManifestView? Manifest(ulong index);

    CaseView? Case(string caseId);

    /// <summary>Manifests whose payload has this hash (one, but for a producer that numbered it twice).</summary>
    IReadOnlyList<ManifestView> ManifestsByHash(ReadOnlyMemory<byte> payloadSha256);

    IReadOnlyCollection<string> AlertsNaming(ulong manifestIndex);

    IReadOnlyList<CaseView> CasesByNumber(string numberKey);

    IReadOnlyList<CaseView> CasesByOfficer(string officer, TimeSpanMicros capture);

    IReadOnlyList<CaseView> CasesWithPlace(TimeSpanMicros capture);

    IReadOnlyList<CaseView> CasesByAlert(string alertId);

    IReadOnlyList<ManifestView> ManifestsByNumber(string numberKey);

    IReadOnlyList<ManifestView> ManifestsByOfficer(string officer, TimeSpanMicros window);

    IReadOnlyList<ManifestView> ManifestsWithPlace(TimeSpanMicros window);

    IReadOnlyList<ManifestView> ManifestsNamedBy(string alertId);
}
