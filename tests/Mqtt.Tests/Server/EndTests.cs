using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;

namespace EdgeEnforcement.Mqtt.Tests.Server;

/// How connections end: take-over, leaving, violations, shutdown; and TLS.
public sealed class EndTests
{
    private static readonly byte[] Forever = [0x11, 0xFF, 0xFF, 0xFF, 0xFF];

    [Fact]
    public async Task A_second_connection_of_a_client_takes_over_and_the_first_is_told_MQTT5_3_1_4_3()
    {
        await using var host = await MqttHost.StartAsync();
        using var first = await host.ConnectAsync("c");

        using var second = await host.ConnectAsync("c");

        await first.ExpectDisconnectAsync(ReasonCode.SessionTakenOver);
        Assert.Equal(13, (await second.AskAsync(RawPackets.Pingreq)).Type);
        await MqttHost.WaitAsync(() => host.Server.ConnectionCount == 1);
        Assert.Equal(1, host.Meters["mqtt.connections.closed taken_over"]);
    }

    [Fact]
    public async Task A_take_over_waits_until_what_the_first_had_sent_is_decided()
    {
        await using var host = await MqttHost.StartAsync();
        using var first = await host.ConnectAsync("c", clean: false, properties: Forever);
        host.Intake.IsHolding = true;
        await first.SendAsync(RawPackets.Publish("keep/a", "1", QoS.ExactlyOnce, 9));
        await MqttHost.WaitAsync(() => host.Intake.Taken.Count == 1);
        using var second = await host.OpenAsync();
        await second.SendAsync(RawPackets.Connect("c", clean: false, properties: Forever));
        await MqttHost.WaitAsync(() => host.Server.EndingCount == 1);
        var connack = second.ReadAsync();
        await host.Broker.BookmarkAsync(0);
        Assert.False(connack.IsCompleted);

        host.Intake.ReleaseAll();

        Assert.Equal(2, (await connack).Type);
        Assert.Equal("500009", (await first.ReadAsync()).Hex);
        Assert.Equal("500009", (await second.AskAsync(RawPackets.Publish("keep/a", "1", QoS.ExactlyOnce, 9, dup: true))).Hex);
        Assert.Single(host.Intake.Taken);
    }

    [Theory]
    [InlineData(new byte[] { 0xE0, 0 }, false)]
    [InlineData(new byte[] { 0xE0, 1, 4 }, true)]
    [InlineData(new byte[0], true)]
    public async Task The_will_is_sent_unless_the_client_took_its_leave(byte[] leave, bool isSent)
    {
        await using var host = await MqttHost.StartAsync();
        using var watcher = await host.ConnectAsync("w");
        await watcher.AskAsync(RawPackets.Subscribe("#", QoS.AtMostOnce));
        using (var client = await host.OpenAsync())
        {
            await client.SendAsync(RawPackets.Packet(
                0x10, RawPackets.Text("MQTT"), [5, 6, 0, 0, 0], RawPackets.Text("c"), [0], RawPackets.Text("will"), RawPackets.Text("gone")));
            Assert.Equal(0, (await client.ReadAsync()).Body[1]);
            await client.SendAsync(leave);
        }
        await MqttHost.WaitAsync(() => host.Server.ConnectionCount == 1);

        using var last = await host.ConnectAsync("l");
        await last.AskAsync(RawPackets.Publish("last", "x"));

        Assert.Equal(isSent ? "will" : "last", (await watcher.ReadAsync()).Topic);
    }

    [Fact]
    public async Task A_session_that_ends_with_its_connection_is_not_given_time_at_the_end()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");

        await client.SendAsync(RawPackets.Packet(0xE0, [0, 5, 0x11, 0, 0, 0, 9]));

        await client.ExpectDisconnectAsync(ReasonCode.ProtocolError);
    }

    [Fact]
    public async Task DISCONNECT_may_shorten_the_life_of_the_session()
    {
        await using var host = await MqttHost.StartAsync();
        using (var client = await host.ConnectAsync("c", clean: false, properties: Forever))
        {
            await client.SendAsync(RawPackets.Packet(0xE0, [0, 5, 0x11, 0, 0, 0, 0]));
            await MqttHost.WaitAsync(() => host.Meters["mqtt.connections.closed disconnected"] == 1 || host.Server.EndingCount == 1);
        }

        using var next = await host.OpenAsync();
        Assert.Equal(0, (await next.ConnectAsync("c", clean: false)).Body[0]);
    }

    [Theory]
    [InlineData("00", ReasonCode.MalformedPacket)]
    [InlineData("F000", ReasonCode.ProtocolError)]
    [InlineData("2000", ReasonCode.MalformedPacket, ReasonCode.ProtocolError)]
    [InlineData("30FFFFFFFF7F", ReasonCode.MalformedPacket)]
    [InlineData("30FFFFFF7F", ReasonCode.PacketTooLarge)]
    [InlineData("3604000161", ReasonCode.MalformedPacket)]
    [InlineData("300600032F232F00", ReasonCode.TopicNameInvalid, ReasonCode.MalformedPacket)]
    [InlineData("30040001FF00", ReasonCode.MalformedPacket)]
    [InlineData("8005000100000161", ReasonCode.MalformedPacket)]
    [InlineData("6000", ReasonCode.MalformedPacket)]
    public async Task A_packet_that_breaks_a_rule_ends_the_connection_with_its_reason(string hex, params ReasonCode[] reasons)
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        using var other = await host.ConnectAsync("o");

        await client.SendAsync(Convert.FromHexString(hex), RawPackets.Pingreq);

        var packet = await client.ReadAsync();
        Assert.Equal(14, packet.Type);
        Assert.Contains((ReasonCode)packet.Body[0], reasons);
        client.EndSending();
        await client.ExpectClosedAsync();
        Assert.Equal(13, (await other.AskAsync(RawPackets.Pingreq)).Type);
    }

    [Fact]
    public async Task On_3_1_1_a_violation_ends_the_connection_without_a_word()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c", MqttVersion.V311);

        await client.SendAsync([0xF0, 0]);
        client.EndSending();

        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task Shutdown_answers_what_was_read_and_says_goodbye()
    {
        await using var host = await MqttHost.StartAsync();
        using var client = await host.ConnectAsync("c");
        host.Intake.IsHolding = true;
        await client.SendAsync(RawPackets.Publish("keep/a", "1"));
        await MqttHost.WaitAsync(() => host.Intake.Taken.Count == 1);

        var stopping = host.Server.StopAsync();
        host.Intake.ReleaseAll();

        Assert.Equal("400001", (await client.ReadAsync()).Hex);
        await client.ExpectDisconnectAsync(ReasonCode.ServerShuttingDown);
        await stopping;
    }

    [Fact]
    public async Task Ten_thousand_clients_come_and_go_and_nothing_is_left_of_them()
    {
        await using var host = await MqttHost.StartAsync();
        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken }, async (i, _) =>
        {
            for (var round = 0; round < 10; round++)
            {
                using var client = await host.ConnectAsync($"c{i % 100}");
                if (round % 2 == 0)
                    await client.SendAsync(RawPackets.Disconnect);
            }
        });

        await host.BeatUntilAsync(() => host.Server.ConnectionCount == 0, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Over_TLS_it_is_the_same_server()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await using var host = await MqttHost.StartAsync(listen: listener => listener.UseHttps(certificate));
        using var client = await RawClient.OpenAsync(host.Port, async stream =>
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == certificate.GetCertHashString(),
            });
            return tls;
        });

        await client.ConnectAsync("c");

        Assert.Equal("400001", (await client.AskAsync(RawPackets.Publish("keep/a", "1"))).Hex);
    }
}
