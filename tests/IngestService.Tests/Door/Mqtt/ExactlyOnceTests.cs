using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Tests.Server;

namespace EdgeEnforcement.IngestService.Tests.Door.Mqtt;

/// <summary>QoS 2 of a device without identity: one entry, wherever the process dies.</summary>
public sealed class ExactlyOnceTests
{
    private const string Topic = "ee/v1/d/up/raw/x";

    public static TheoryData<bool> Deaths => [false, true];

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task After_PUBREC_a_repetition_is_known(bool powerCut)
    {
        await using var host = await MqttDoorHost.StartAsync();
        using (var client = await ConnectAsync(host))
            Assert.Equal("500009", (await client.AskAsync(Publish(9, "once"))).Hex);

        await DieAsync(host, powerCut);
        using var next = await ConnectAsync(host);
        Assert.Equal("500009", (await next.AskAsync(Publish(9, "once", dup: true))).Hex);
        Assert.Equal("700009", (await next.AskAsync(RawPackets.Pubrel(9))).Hex);

        Assert.Equal(["once"], host.Messages.Select(m => m.Payload.ToStringUtf8()));
        Assert.Equal("500009", (await next.AskAsync(Publish(9, "another"))).Hex);
        Assert.Equal(2, host.Messages.Count);
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task After_PUBCOMP_the_packet_id_is_free(bool powerCut)
    {
        await using var host = await MqttDoorHost.StartAsync();
        using (var client = await ConnectAsync(host))
        {
            await client.AskAsync(Publish(9, "first"));
            Assert.Equal("700009", (await client.AskAsync(RawPackets.Pubrel(9))).Hex);
        }

        await DieAsync(host, powerCut);
        using var next = await ConnectAsync(host);
        Assert.Equal("700009", (await next.AskAsync(RawPackets.Pubrel(9))).Hex);
        Assert.Equal("500009", (await next.AskAsync(Publish(9, "second"))).Hex);

        Assert.Equal(["first", "second"], host.Messages.Select(m => m.Payload.ToStringUtf8()));
    }

    [Theory]
    [MemberData(nameof(Deaths))]
    public async Task What_was_not_flushed_is_taken_when_it_comes_again(bool powerCut)
    {
        await using var host = await MqttDoorHost.StartAsync();
        using (var client = await ConnectAsync(host))
        {
            await client.AskAsync(Publish(8, "before"));
            host.Ledger.Disk.CutPower();
            await client.SendAsync(Publish(9, "lost"));
            client.EndSending();
            await client.ExpectClosedAsync();
        }

        await DieAsync(host, powerCut);
        using var next = await ConnectAsync(host);
        Assert.Equal("500009", (await next.AskAsync(Publish(9, "lost", dup: true))).Hex);
        Assert.Equal("500008", (await next.AskAsync(Publish(8, "before", dup: true))).Hex);

        Assert.Equal(["before", "lost"], host.Messages.Select(m => m.Payload.ToStringUtf8()));
    }

    [Fact]
    public async Task Many_that_are_half_way_are_all_known_and_none_of_the_finished()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using (var client = await ConnectAsync(host))
        {
            for (ushort id = 1; id <= 100; id++)
                await client.AskAsync(Publish(id, $"{id}"));
            for (ushort id = 1; id <= 100; id += 2)
                await client.AskAsync(RawPackets.Pubrel(id));
        }

        await DieAsync(host, powerCut: false);
        await DieAsync(host, powerCut: true);
        using var next = await ConnectAsync(host);
        for (ushort id = 2; id <= 100; id += 2)
            await next.AskAsync(Publish(id, $"{id}", dup: true));
        Assert.Equal(100, host.Messages.Count);
        for (ushort id = 1; id <= 100; id += 2)
            await next.AskAsync(Publish(id, $"new {id}"));
        Assert.Equal(150, host.Messages.Count);
    }

    [Fact]
    public async Task A_new_session_of_the_same_client_begins_with_nothing()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using (var client = await ConnectAsync(host))
            await client.AskAsync(Publish(9, "old"));
        using (var clean = await host.ConnectAsync("c", MqttVersion.V311, clean: true))
            Assert.Equal("500009", (await clean.AskAsync(Publish(9, "new"))).Hex);

        await DieAsync(host, powerCut: false);
        using var next = await ConnectAsync(host);
        await next.AskAsync(Publish(9, "newer"));

        Assert.Equal(["old", "new", "newer"], host.Messages.Select(m => m.Payload.ToStringUtf8()));
    }

    private static Task DieAsync(MqttDoorHost host, bool powerCut) => powerCut ? host.CutPowerAndRestartAsync() : host.KillAndRestartAsync();

    private static Task<RawClient> ConnectAsync(MqttDoorHost host) => host.ConnectAsync("c", MqttVersion.V311, clean: false);

    private static byte[] Publish(ushort id, string payload, bool dup = false) => RawPackets.Publish(Topic, payload, QoS.ExactlyOnce, id, MqttVersion.V311, dup);
}
