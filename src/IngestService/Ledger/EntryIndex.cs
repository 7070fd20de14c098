namespace EdgeEnforcement.IngestService.Ledger;

/// <summary>Zero-based position of an entry in this shard's ledger.</summary>
internal readonly record struct EntryIndex(ulong Value) : IComparable<EntryIndex>
{
    public int CompareTo(EntryIndex other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
