using System.Diagnostics;

namespace EdgeEnforcement.OutletSimulator.Tests;

/// <summary>What the person who runs a demonstration writes, and what is wrong with it.</summary>
public sealed class ScriptTests
{
    private static IReadOnlyList<Incident> Parse(params string[] lines) => Script.Parse(lines, HostSide.Start, speed: 6);

    [Fact]
    public void Each_line_is_an_incident_at_its_station_and_time()
    {
        var incidents = Parse("# a night", "", "night-discharge@1+30   # up within five minutes", "maintenance@2+0", "cable-pulled@12+7.5");

        Assert.Equal(
            [
                new Incident(IncidentKind.NightDischarge, 1, HostSide.Start.AddSeconds(30), 6),
                new Incident(IncidentKind.Maintenance, 2, HostSide.Start, 6),
                new Incident(IncidentKind.CablePulled, 12, HostSide.Start.AddSeconds(7.5), 6),
            ],
            incidents);
        Assert.Equal(HostSide.Start.AddSeconds(7.5 + 110), incidents[2].End);
    }

    [Fact]
    public void Every_line_that_is_wrong_is_named_with_its_reason()
    {
        var error = Assert.Throws<FormatException>(() => Parse(
            "night-discharge@1+30", "fire@1+3", "maintenance 2", "", "maintenance@two+3", "maintenance@0+3", "cable-pulled@1+soon", "cable-pulled@1+-5", "cable-pulled@1+1e99"));

        Assert.Equal([2, 3, 5, 6, 7, 8, 9], error.Message.Split(Environment.NewLine).Select(l => int.Parse(l.Split(' ', ':')[1])));
        Assert.All(
            ["'fire' is no incident: night-discharge, maintenance, cable-pulled", "'maintenance 2' is not of the form", "'two' is no station", "'0' is no station", "'soon' is no number", "'-5' is no number"],
            part => Assert.Contains(part, error.Message));
    }

    [Fact]
    public async Task A_script_with_an_error_starts_nothing_and_is_said()
    {
        var script = Path.Combine(Directory.CreateTempSubdirectory("outlets-").FullName, "night.txt");
        await File.WriteAllTextAsync(script, "night-discharge@1+30\nfire@1+3\n", TestContext.Current.CancellationToken);

        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "outlet-simulator.dll"), "--script", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((2, ""), (process.ExitCode, await output));
        Assert.StartsWith("line 2: 'fire' is no incident", await error);
    }
}
