using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Faults;

/// <summary>Every call of an upload fails once in every way: no chunk that was acknowledged is asked for again, one MediaStored in the ledger.</summary>
[Trait("Form", "Sweep")]
public sealed class UploadFaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Upload_with_a_newer_generation_and_its_MediaStored()
    {
        var calls = await new FaultSweep("upload", () => new UploadScenario(), output.WriteLine).RunAsync();

        Assert.True(calls > 30, $"{calls} calls");
    }
}
