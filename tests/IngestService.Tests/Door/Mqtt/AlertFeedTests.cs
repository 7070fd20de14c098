using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Tests.Server;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Door.Mqtt;

public sealed class AlertFeedTests
{
    [Fact]
    public async Task What_happens_to_alerts_is_published_and_nothing_is_missed_over_a_restart()
    {
        await using var host = await MqttDoorHost.StartAsync();
        using (var desk = await host.ConnectAsync("desk", MqttVersion.V311, clean: false))
        {
            await desk.AskAsync(RawPackets.Subscribe("ee/v1/feed/alerts", version: MqttVersion.V311));
            await AcknowledgeAsync(host, "a1");
            var first = await desk.ReadAsync();
            Assert.Contains("\"what\":\"acknowledged\",\"alert\":{ \"alertId\": \"a1\" }", Encoding.UTF8.GetString(first.Body), StringComparison.Ordinal);
            await desk.SendAsync(RawPackets.Puback(first.Id));
            await desk.AskAsync(RawPackets.Pingreq);
        }
        await AcknowledgeAsync(host, "a2");

        await host.KillAndRestartAsync();
        await AcknowledgeAsync(host, "a3");
        using var next = await host.ConnectAsync("desk", MqttVersion.V311, clean: false);

        var seen = new List<string>();
        while (!seen.Any(text => text.Contains("\"a3\"", StringComparison.Ordinal)))
        {
            var packet = await next.ReadAsync();
            seen.Add(Encoding.UTF8.GetString(packet.Body));
            await next.SendAsync(RawPackets.Puback(packet.Id));
        }
        Assert.Contains(seen, text => text.Contains("\"a2\"", StringComparison.Ordinal));
    }

    private static Task<FactOutcome> AcknowledgeAsync(MqttDoorHost host, string alertId) => host.Core.Facts.AppendAsync(
        LeafOrigin.Operator, new Record { AlertAcknowledged = new AlertAcknowledged { AlertId = alertId } }, TestContext.Current.CancellationToken);
}
