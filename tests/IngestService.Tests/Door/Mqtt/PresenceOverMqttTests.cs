using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Tests.Server;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Door.Mqtt;

/// <summary>From sockets to presence entries in the ledger.</summary>
public sealed class PresenceOverMqttTests
{
    [Fact]
    public async Task Silence_of_one_and_a_half_keep_alives_is_suspect_and_a_grace_later_offline()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using var client = await RawClient.OpenAsync(host.Port);
        await client.ConnectAsync("d1", keepAlive: 10);
        var heard = host.Time.GetUtcNow();
        await host.PassAsync(15);
        Assert.Equal("Connected", host.Presences("d1"));

        await host.PassAsync(1);
        await host.SettleAsync(() => host.Presences("d1") == "Connected Suspect:KeepAlive");
        await host.PassAsync(59);
        Assert.Equal("Connected Suspect:KeepAlive", host.Presences("d1"));
        await host.PassAsync(1);

        Assert.Equal("Connected Suspect:KeepAlive Offline:KeepAlive", host.Presences("d1"));
        var last = host.Presence[^1].Changes[^1];
        Assert.Equal((heard, heard.AddSeconds(16), 10u), (last.LastHeard.ToDateTimeOffset(), last.Since.ToDateTimeOffset(), last.KeepAliveSeconds));
        Assert.Equal(["Opened d1"], host.Presence.SelectMany(entry => entry.Episodes).Select(episode => $"{episode.Phase} {episode.Subject}"));
    }

    [Fact]
    public async Task The_entry_is_the_doors_unsigned_and_numbered_in_one_run_with_messages()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using var client = await host.ConnectAsync("d1");
        await client.AskAsync(RawPackets.Publish("ee/v1/d1/up/raw/x", "x"));
        await host.PassAsync(1);

        var entry = host.Core.Reader.ReadFrom(new EntryIndex(0), 100).Single(e => e.Leaf.Type == Record.DevicePresenceFieldNumber);

        Assert.Equal((LeafOrigin.Door, "door", (byte)RecordClass.P2, LeafFlags.None), (entry.Leaf.Origin, entry.Leaf.Producer, entry.Leaf.Class, entry.Leaf.Flags));
        Assert.Equal(entry.Leaf.Sequence, LedgerDouble.Body(entry).Identity.Sequence);
        Assert.Equal(3UL, entry.Leaf.Sequence + host.Entries.Single().Leaf.Sequence); // one has 1, the other 2
        Assert.True(EnvelopeReader.TryRead(entry.Envelope, out _));
    }

    [Fact]
    public async Task DISCONNECT_is_a_stated_absence()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using (var client = await host.ConnectAsync("d1"))
            await client.SendAsync(RawPackets.Disconnect);
        await host.SettleAsync(() => host.Presences("d1").EndsWith("Offline:Left", StringComparison.Ordinal));
        await host.PassAsync(100);

        Assert.DoesNotContain("Suspect", host.Presences("d1"), StringComparison.Ordinal);
        Assert.Empty(host.Presence.SelectMany(entry => entry.Episodes));
    }

    [Fact]
    public async Task A_killed_socket_that_comes_back_within_the_grace_was_never_offline()
    {
        await using var host = await MqttDoorHost.StartAsync();
        (await host.ConnectAsync("d1")).Dispose();
        await host.SettleAsync(() => host.Presences("d1").EndsWith("Suspect:LinkLost", StringComparison.Ordinal));
        await host.PassAsync(50);
        using var back = await host.ConnectAsync("d1");
        for (var i = 0; i < 100; i += 20)
        {
            await host.PassAsync(20);
            await back.AskAsync(RawPackets.Pingreq);
        }

        Assert.EndsWith("Suspect:LinkLost Connected", host.Presences("d1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_take_over_never_ends_in_offline()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using var old = await host.ConnectAsync("d1");
        using var next = await host.ConnectAsync("d1");
        await old.ExpectDisconnectAsync(ReasonCode.SessionTakenOver);
        await MqttDoorHost.WaitAsync(() => host.Server.ConnectionCount == 1);
        for (var i = 0; i < 100; i += 20)
        {
            await host.PassAsync(20);
            await next.AskAsync(RawPackets.Pingreq);
        }

        Assert.Equal("Connected", host.Presences("d1"));
    }

    [Fact]
    public async Task A_will_to_the_door_is_a_word_about_presence_and_goes_to_no_subscriber()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using var watcher = await host.ConnectAsync("watcher");
        await watcher.AskAsync(RawPackets.Subscribe("#"));
        using (var client = await RawClient.OpenAsync(host.Port))
            await client.AskAsync(RawPackets.ConnectWithWill("d1", "ee/v1/d1/up/raw/will", "battery"));
        await host.SettleAsync(() => host.Presences("d1").EndsWith("Suspect:Will", StringComparison.Ordinal));

        var will = host.Presence.SelectMany(entry => entry.Changes).Last(change => change.ClientId == "d1").Will;
        Assert.Equal(("ee/v1/d1/up/raw/will", "battery", 7u), (will.Topic, will.Payload.ToStringUtf8(), will.PayloadBytes));
        Assert.Empty(host.Messages);
        await watcher.SendAsync(RawPackets.Publish("last", "x", QoS.AtMostOnce));
        Assert.Equal("last", (await watcher.ReadAsync()).Topic);
    }

    [Fact]
    public async Task Gateways_come_from_the_rules_and_clients_without_presence_or_name_are_not_followed()
    {
        await using var host = await MqttDoorHost.StartAsync("""
            { "rules": [
              { "client": "desk-*", "publish": [], "subscribe": ["#"], "presence": false },
              { "client": "a-*", "publish": ["#"], "subscribe": [], "gateway": "闸-1" },
              { "client": "*", "publish": ["#"], "subscribe": [] } ] }
            """);
        using var desk = await host.ConnectAsync("desk-1");
        using var named = await host.ConnectAsync("a-1");
        using var other = await host.ConnectAsync("b-1");
        using var nameless = await host.ConnectAsync("");
        using var noDevice = await host.ConnectAsync("盒子");
        await host.PassAsync(1);

        Assert.Equal(
            [("a-1", "闸-1"), ("b-1", "127.0.0.1")],
            host.Presence.SelectMany(entry => entry.Changes).Select(change => (change.ClientId, change.Gateway)));
    }

    [Fact]
    public async Task Two_hundred_sockets_that_die_together_are_one_parent_and_a_handful_of_entries()
    {
        await using var host = await MqttDoorHost.StartAsync();
        var clients = new List<RawClient>();
        for (var i = 0; i < 200; i++)
            clients.Add(await host.ConnectAsync($"d{i}"));
        await host.PassAsync(1);
        var before = host.Presence.Count;
        clients.ForEach(client => client.Dispose());
        await MqttDoorHost.WaitAsync(() => host.Server.ConnectionCount == 0);
        await host.PassAsync(62);

        var known = host.Folded().Remember();
        Assert.Equal(200, known.Devices.Count(device => device.EpisodeId == known.Episodes.Single().EpisodeId));
        var parent = Assert.Single(host.Presence.SelectMany(entry => entry.Episodes));
        Assert.Equal((PresenceScope.Gateway, "127.0.0.1", 200u, 200), (parent.Scope, parent.Subject, parent.Count, parent.Devices.Distinct().Count()));
        Assert.InRange(host.Presence.Count - before, 1, 4);
        Assert.Equal((0u, 200u), (host.Folded().Count().Connected, host.Folded().Count().Lost));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_a_restart_the_ledger_says_who_was_connected_and_who_did_not_come_back(bool isKilled)
    {
        await using var host = await MqttDoorHost.StartAsync();
        for (var i = 0; i < 5; i++)
            await host.ConnectAsync($"d{i}");
        using var leaving = await host.ConnectAsync("left");
        await leaving.SendAsync(RawPackets.Disconnect);
        await host.SettleAsync(() => host.Presences("left").EndsWith("Left", StringComparison.Ordinal) && host.Folded().Count().Connected == 5);

        await (isKilled ? host.KillAndRestartAsync() : host.CutPowerAndRestartAsync());
        await host.SettleAsync(() => host.Presence[^1].Restarted);
        Assert.Equal((5u, 1u), (host.Folded().Count().Suspect, host.Folded().Count().Left));
        using var back = await host.ConnectAsync("d0");
        await host.PassAsync(61);

        Assert.EndsWith("Connected", host.Presences("d0"), StringComparison.Ordinal);
        Assert.EndsWith("Offline:Restarted", host.Presences("d4"), StringComparison.Ordinal);
        var episode = Assert.Single(host.Presence.SelectMany(entry => entry.Episodes));
        Assert.Equal((PresenceScope.Restart, 4u), (episode.Scope, episode.Count));
        Assert.Equal((1u, 4u, 1u), (host.Folded().Count().Connected, host.Folded().Count().Lost, host.Folded().Count().Left));
    }
}
