using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Faults;

/// <summary>Every call of a lawful deletion fails once in every way, those of the ledger and those of the store.</summary>
[Trait("Form", "Sweep")]
public sealed class ErasureFaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task The_second_approval_with_a_stored_file_and_one_that_is_arriving()
    {
        var calls = await new FaultSweep("erasure", () => new ErasureScenario(breaksOff: false), output.WriteLine).RunAsync();

        Assert.True(calls > 60, $"{calls} calls");
    }

    [Fact]
    public async Task The_start_that_ends_what_broke_off()
    {
        var calls = await new FaultSweep("start after a broken erasure", () => new ErasureScenario(breaksOff: true), output.WriteLine) { ShortStride = 3 }.RunAsync();

        Assert.True(calls > 60, $"{calls} calls");
    }
}
