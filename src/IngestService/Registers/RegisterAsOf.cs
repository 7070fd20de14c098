namespace EdgeEnforcement.IngestService.Registers;

/// <summary>What is asked: an instant of the field, and what of the ledger may be looked at.</summary>
/// <param name="AtMicros">Since 1970 UTC.</param>
/// <param name="KnownSize">Entries below it.</param>
/// <param name="KnownMicros">And ingested no later than this.</param>
internal readonly record struct RegisterAsOf(long AtMicros, ulong KnownSize = ulong.MaxValue, long KnownMicros = long.MaxValue)
{
    public DateOnly Day => CivilDay.Of(AtMicros);

    public bool Knows(ulong entry, long ingestMicros) => entry < KnownSize && ingestMicros <= KnownMicros;

    public RegisterAsOf KnownThen() => this with { KnownMicros = Math.Min(KnownMicros, AtMicros) };

    public RegisterAsOf KnownNow() => new(AtMicros);
}
