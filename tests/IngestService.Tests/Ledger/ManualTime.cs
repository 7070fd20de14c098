namespace EdgeEnforcement.IngestService.Tests.Ledger;

/// <summary>A wall clock that the test sets, on the real run of timers.</summary>
internal sealed class ManualTime : TimeProvider
{
    public DateTimeOffset Now { get; set; } = new(2026, 11, 21, 14, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;
}
