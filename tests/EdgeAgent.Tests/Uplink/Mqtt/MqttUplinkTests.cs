using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.EdgeAgent.Tests.Centre;

namespace EdgeEnforcement.EdgeAgent.Tests.Uplink.Mqtt;

public sealed class MqttUplinkTests : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("agent-").FullName;
    private FakeCentre _centre = null!; // InitializeAsync
    private FakeMqttDoor _door = null!;

    public async ValueTask InitializeAsync()
    {
        _centre = await FakeCentre.StartAsync();
        _door = await FakeMqttDoor.StartAsync(_centre);
    }

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        await _centre.DisposeAsync();
        Directory.Delete(_root, recursive: true);
    }

    [Fact]
    public async Task Records_go_by_MQTT_and_their_receipts_are_checked_and_stored()
    {
        await using var agent = await StartAsync("mqtt");
        await AlertsAsync(agent, 0, 40);

        await AllAnsweredAsync(agent, 40);

        Assert.Equal(0, _centre.Faults.Streams);
        await RunningAgent.UntilAsync(() => _door.Hellos >= 2, "a hello for each lane");
    }

    [Fact]
    public async Task A_PUBACK_is_not_a_receipt_what_has_none_is_sent_again_and_doubles_nothing()
    {
        _centre.Faults.DropAfter(5);
        await using var agent = await StartAsync("mqtt");
        await AlertsAsync(agent, 0, 20);

        await AllAnsweredAsync(agent, 20);

        Assert.True(_door.Records > 21, "something was sent twice");
    }

    [Fact]
    public async Task The_last_receipt_too_may_be_lost()
    {
        await using var agent = await StartAsync("mqtt");
        await AlertsAsync(agent, 0, 5);
        await AllAnsweredAsync(agent, 5);

        _centre.Faults.DropAfter(1);
        await AlertsAsync(agent, 5, 1);

        await AllAnsweredAsync(agent, 6);
    }

    [Fact]
    public async Task Later_is_an_answer_like_the_others()
    {
        var isBusy = true;
        _centre.Faults.Postpones = record => Volatile.Read(ref isBusy) && record.FieldAlert is { Title: "alert 3" };
        await using var agent = await StartAsync("mqtt");
        await AlertsAsync(agent, 0, 10);
        await RunningAgent.UntilAsync(() => Alerts().Length == 9, "the others");

        Volatile.Write(ref isBusy, false);

        await AllAnsweredAsync(agent, 10);
    }

    [Fact]
    public async Task A_stale_epoch_opens_a_new_one()
    {
        await using (var agent = await StartAsync("mqtt"))
        {
            await AlertsAsync(agent, 0, 3);
            await AllAnsweredAsync(agent, 3);
        }
        _door.RefusesHello = "STALE_EPOCH";
        await using var again = await StartAsync("mqtt");
        var before = again.Get<AgentSpool>().State!.Epoch;
        await RunningAgent.UntilAsync(() => again.Get<AgentSpool>().NeedsEpoch, "the wish for a new epoch");

        _door.RefusesHello = "";

        await RunningAgent.UntilAsync(() => again.Get<AgentSpool>().State!.Epoch > before, "the new epoch");
    }

    [Fact]
    public async Task Where_gRPC_does_not_work_MQTT_takes_over_and_gives_back()
    {
        await using var agent = await StartAsync("grpc-then-mqtt");
        await AlertsAsync(agent, 0, 10);
        await AllAnsweredAsync(agent, 10);
        Assert.Equal(0, _door.Hellos);

        _centre.Faults.ReportIsAway = true;
        _centre.Faults.DropAfter(1); // ends the stream that stands
        await AlertsAsync(agent, 10, 10);
        await AllAnsweredAsync(agent, 20);
        Assert.True(_door.Records > 0, "nothing went by MQTT");

        _centre.Faults.ReportIsAway = false;
        var streams = _centre.Faults.Streams;
        await RunningAgent.UntilAsync(() => _centre.Faults.Streams > streams, "gRPC again");
        await AlertsAsync(agent, 20, 10);
        await AllAnsweredAsync(agent, 30);
    }

    private Task<RunningAgent> StartAsync(string transport) => RunningAgent.StartAsync(_centre.Address, _root, settings: new Dictionary<string, string?>
    {
        ["Uplink:Transport"] = transport,
        ["Uplink:Mqtt:Port"] = _door.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["Uplink:CallTimeout"] = "00:00:02",
        ["Uplink:ReturnAfter"] = "00:00:01",
    });

    private static async Task AlertsAsync(RunningAgent agent, int from, int count)
    {
        for (var i = from; i < from + count; i++)
            await agent.AlertAsync($"alert {i}");
    }

    /// Each alert once in the ledger, and its receipt at the station.
    private async Task AllAnsweredAsync(RunningAgent agent, int count)
    {
        await RunningAgent.UntilAsync(() => Alerts().Length >= count, $"{count} alerts");
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"alert {i}").Order(), Alerts().Order());
        var (spool, receipts) = (agent.Get<AgentSpool>(), agent.Get<ReceiptStore>());
        await RunningAgent.UntilAsync(
            () => spool.All.Where(s => s.Class == RecordClass.P0).All(s => receipts.ContiguousOf(s.Epoch, s.Class) == s.LastSequence), "every receipt");
    }

    private string[] Alerts() => [.. _centre.Ledger.Records.Where(r => r.FieldAlert is not null).Select(r => r.FieldAlert.Title)];
}
