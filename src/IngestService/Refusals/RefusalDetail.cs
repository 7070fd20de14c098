namespace EdgeEnforcement.IngestService.Refusals;

/// <summary>The caller cannot have this: the code, and words that name what is wrong.</summary>
internal sealed record RefusalDetail(RefusalCode Code, string Detail)
{
    /// <summary>Of the contract, that it is about; empty: none.</summary>
    public string Field { get; init; } = "";

    /// <summary>The words for another language, where there are any.</summary>
    public Said? Said { get; init; }
}
