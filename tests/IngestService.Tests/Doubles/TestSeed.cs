using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Doubles;

/// <summary>The run's seed, printed with the test, so that a failure can be replayed with EE_SEED.</summary>
internal static class TestSeed
{
    public static int Next()
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"EE_SEED={LongForm.Seed}");
        return LongForm.Seed;
    }

    public static int Times(int briefly, int atLength) => LongForm.IsWanted ? atLength : briefly;
}
