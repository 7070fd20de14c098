namespace EdgeEnforcement.Mqtt.Tests.Server;

public sealed class KeepAliveTests
{
    [Fact]
    public async Task Silence_of_one_and_a_half_times_Keep_Alive_ends_the_connection_MQTT5_3_1_2_22()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c", keepAlive: 10);

        await host.BeatAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(13, (await client.AskAsync(RawPackets.Pingreq)).Type);
        await host.BeatAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(13, (await client.AskAsync(RawPackets.Pingreq)).Type);
        await host.BeatAsync(TimeSpan.FromSeconds(16));

        await client.ExpectDisconnectAsync(ReasonCode.KeepAliveTimeout);
        await MqttHost.WaitAsync(() => host.Server.ConnectionCount == 0);
        Assert.Equal(1, host.Meters["mqtt.connections.closed keep_alive"]);
    }

    [Fact]
    public async Task A_Keep_Alive_of_none_on_3_1_1_never_ends()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c", MqttVersion.V311);

        await host.BeatAsync(TimeSpan.FromDays(400));

        Assert.Equal(13, (await client.AskAsync(RawPackets.Pingreq)).Type);
    }

    [Fact]
    public async Task It_does_not_run_while_the_server_is_the_one_that_does_not_read()
    {
        await using var host = await MqttHost.StartAsync(options => options.WindowCount = 2);
        using var client = await host.ConnectAsync("c", keepAlive: 10);
        host.Intake.IsHolding = true;
        await client.SendAsync(RawPackets.Publish("keep/a", "1", id: 1), RawPackets.Publish("keep/a", "2", id: 2), RawPackets.Publish("keep/a", "3", id: 3));
        await MqttHost.WaitAsync(() => host.Intake.Taken.Count == 2);
        // The third is read and waits for its place from here on; a pause is visible only in what the clock does not do.
        await MqttHost.WaitAsync(() => host.Server.PausedCount == 1);

        await host.BeatAsync(TimeSpan.FromMinutes(10));
        host.Intake.ReleaseAll();

        for (var id = 1; id <= 3; id++)
            Assert.Equal(id, (await client.ReadAsync()).Id);
        Assert.Equal(13, (await client.AskAsync(RawPackets.Pingreq)).Type);
    }

    [Fact]
    public async Task Half_a_packet_is_not_a_sign_of_life()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c", keepAlive: 10);

        await host.BeatAsync(TimeSpan.FromSeconds(14));
        await client.SendAsync([0xC0]);
        await host.BeatAsync(TimeSpan.FromSeconds(2));

        await client.ExpectDisconnectAsync(ReasonCode.KeepAliveTimeout);
    }
}
