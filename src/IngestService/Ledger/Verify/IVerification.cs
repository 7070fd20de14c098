namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>
/// One thing that is re-derived and compared. It sees every entry once, in order, and is asked to finish at the end. It trusts
/// nothing but the segments' bytes.
/// </summary>
internal interface IVerification
{
    void Begin(VerificationReport report);

    /// <summary>Salt and envelope may be erased or damaged; the leaf has been parsed.</summary>
    void Entry(VerifiedEntry entry);

    /// <param name="complete">False when entries are missing because the segments could not be read to the end.</param>
    void End(bool complete);
}
