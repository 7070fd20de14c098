namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>Where verifications say what they found: one line each, differences counted.</summary>
internal sealed class VerificationReport(TextWriter output)
{
    public int DifferenceCount { get; private set; }

    public List<Finding> Findings { get; } = [];

    /// <summary>Raised for each of them as it is found.</summary>
    public event Action<Finding>? Found;

    // A broken disk can differ in every entry; the first thousand say as much as a million.
    private const int KeptFindings = 1000;

    public void Difference(string file, long? offset, ulong? index, string what)
    {
        DifferenceCount++;
        var finding = new Finding(file, offset, index, what);
        if (Findings.Count >= KeptFindings)
            return;
        Findings.Add(finding);
        output.WriteLine(finding);
        Found?.Invoke(finding);
    }

    /// <summary>Worth knowing, and lawful: a gap, a conflict, an erased entry.</summary>
    public void Note(string what) => output.WriteLine($"note: {what}");

    public void Progress(string what) => output.WriteLine($"... {what}");
}
