using EdgeEnforcement.EdgeAgent.Diagnostics;
using EdgeEnforcement.EdgeAgent.Sources.Dock;
using Spectre.Console;

namespace EdgeEnforcement.EdgeAgent.Tests.Hosting;

public sealed class StatusTableTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_bay_has_its_row_and_a_live_view_its_rate(bool live)
    {
        var snapshot = new AgentSnapshot(
            "dock-test", "1", 1, "not connected: [refused]", [], 3, 0, 2, 1, 1, 40,
            [BaySnapshot.Empty(1), BaySnapshot.Empty(2) with { Recorder = "TA00716", State = "reading", Remark = "[odd]" }],
            new Dictionary<string, string> { ["ledger"] = "[changed]" });
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(written) });
        console.Profile.Width = 160;

        console.Write(StatusTable.Render(snapshot, live ? ["", "12.5 MB/s"] : null));

        var text = written.ToString();
        Assert.All(["TA00716", "reading", "[odd]", "not connected: [refused]", "ledger: [changed]"], part => Assert.Contains(part, text));
        Assert.Equal(live, text.Contains("12.5 MB/s", StringComparison.Ordinal));
    }
}
