using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Sessions;

/// A directory whose changes were not synced may keep the deletion of a segment and lose the name of the snapshot that covers it.
public sealed class SnapshotCrashTests
{
    [Fact]
    public async Task No_segment_is_deleted_before_the_name_of_the_snapshot_is_durable()
    {
        var deletion = 1;
        while (await RunAsync(deletion, seed: 0) is { Kind: not "delete" })
            deletion++;

        for (var seed = 1; seed <= 32; seed++)
            Assert.Equal("delete", (await RunAsync(deletion, seed))?.Kind);
    }

    /// The power goes after the n-th call, and any of the unsynced changes stay.
    private static async Task<ShadowCall?> RunAsync(int call, int seed)
    {
        await using var fixture = await BrokerFixture.OpenNewAsync(o => (o.SnapshotTailBytes, o.SegmentBytes) = (4_096, 1_024));
        fixture.Disk.FailAt(call, ShadowFault.PowerOffAfterEffect);
        var acknowledged = -1;
        try
        {
            for (var i = 0; i < 200; i++)
            {
                await fixture.PublishAsync("a", $"{i} {new string('x', 200)}", retain: true);
                acknowledged = i;
            }
        }
        catch (BrokerStoppedException)
        {
            // The power is off.
        }
        var struck = fixture.Disk.FaultedCall;
        await fixture.CutPowerAsync(CrashMode.KeepSome, seed);
        fixture.Open();

        var reader = await fixture.ConnectAsync("reader");
        await reader.SubscribeAsync("a");
        var found = reader.Texts.Count == 0 ? -1 : int.Parse(reader.Texts[0].Split(' ')[0]);
        Assert.InRange(found, acknowledged, acknowledged + 1);
        return struck;
    }
}
