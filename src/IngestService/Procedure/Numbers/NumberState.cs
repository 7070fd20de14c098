namespace EdgeEnforcement.IngestService.Procedure.Numbers;

internal enum NumberState
{
    /// <summary>Out with a station or booklet, on no document yet.</summary>
    Leased = 1,

    /// <summary>On a document.</summary>
    Given = 2,

    /// <summary>作废.</summary>
    Void = 3,
}
