namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>Both ends belong to it.</summary>
internal readonly record struct SequenceRange(ulong First, ulong Last)
{
    public bool Contains(ulong sequence) => sequence >= First && sequence <= Last;
}
