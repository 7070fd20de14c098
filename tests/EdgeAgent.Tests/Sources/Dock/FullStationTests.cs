using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Space;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Dock;

/// <summary>95 %: footage stays on the recorder, and is taken by itself when there is room.</summary>
public sealed class FullStationTests
{
    private const string File = "DCIM/TA00716_000001_20261121153000.mp4";

    [Fact]
    public async Task Without_room_the_bay_is_amber_says_why_keeps_the_recorder_and_goes_on_by_itself()
    {
        await using var station = await StationFixture.CreateAsync(new() { ["Space:QuotaBytes"] = "1000000", ["Space:ReserveBytes"] = "0" });
        var ballast = Path.Combine(station.Root, "agent", "ballast");
        await System.IO.File.WriteAllBytesAsync(ballast, new byte[930_000], TestContext.Current.CancellationToken);
        station.Get<StationSpace>().Measure();
        station.Put(1, File, [.. Footage.Mp4, .. new byte[60_000]]);

        await station.ScanAsync(9);

        Assert.Empty(station.Manifests());
        Assert.Equal("amber", station.Bays[0].Snapshot.State);
        Assert.Contains("footage stays on the recorder", station.Bays[0].Snapshot.Remark);
        Assert.Contains("footage stays on the recorder", Assert.Single(station.Custody(CustodyEventKind.BayAmber)).Reason);
        Assert.Empty(station.Custody(CustodyEventKind.RecorderReleased));

        System.IO.File.Delete(ballast);
        station.Get<StationSpace>().Measure();
        await station.ScanAsync(9);

        Assert.Single(station.Manifests());
        Assert.Equal("released", station.Bays[0].Snapshot.State);
        Assert.Single(station.Custody(CustodyEventKind.BayAmber));
    }
}
