using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Tests.Doubles;

/// <summary>The machine's clock, so far ahead as the test says: sixty days pass between two acts, and every timer keeps its pace.</summary>
internal sealed class ShiftedClock : TimeProvider
{
    private long _aheadTicks;

    public Timestamp Now => GetUtcNow().ToTimestamp();

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _aheadTicks));

    public void Pass(TimeSpan time) => Interlocked.Add(ref _aheadTicks, time.Ticks);
}
