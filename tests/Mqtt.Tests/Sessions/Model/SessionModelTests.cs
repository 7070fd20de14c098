using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.Mqtt.Tests.Sessions.Model;

/// <summary>Random sequences of client acts with kills, power cuts and restarts: <c>EE_SEED</c> repeats a run, <c>EE_LONG=1</c> makes many more.</summary>
[Trait("Form", "Sweep")]
public sealed class SessionModelTests(ITestOutputHelper output)
{
    private const int Steps = 200;

    private static readonly string[] Topics = ["t/0", "t/1", SessionModel.Toggled, "r/0", "r/1", "e/0", SessionModel.Shared];

    private static int Runs => LongForm.IsWanted ? 3_000 : 60;

    [Fact]
    public async Task Whatever_dies_acknowledged_messages_arrive_in_order_and_QoS_2_once()
    {
        output.WriteLine($"seed {LongForm.Seed}");
        var (acknowledged, deaths, sent, cancelled) = (0, 0, 0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var seed = LongForm.Seed + run;
            try
            {
                var walk = new Walk(seed);
                await walk.RunAsync();
                acknowledged += walk.Model.AcknowledgedCount;
                deaths += walk.Deaths;
                sent += walk.Model.Wills.SentCount;
                cancelled += walk.Model.Wills.CancelledCount;
            }
            catch (Exception broken)
            {
                throw new InvalidOperationException($"seed {seed} (EE_SEED={seed}): {broken.Message}", broken);
            }
        }
        output.WriteLine($"{Runs} runs, {acknowledged} acknowledged, {deaths} deaths, {sent} wills due and {cancelled} cancelled");
        Assert.True(
            acknowledged > Runs * 10 && deaths > Runs && sent > Runs / 2 && cancelled > Runs / 2,
            $"{acknowledged} acknowledged, {deaths} deaths, {sent} wills due and {cancelled} cancelled: the walk goes nowhere");
    }

    private sealed class Walk
    {
        private readonly Random _random;
        private readonly BrokerFixture _fixture = new();

        public Walk(int seed)
        {
            _random = new Random(seed);
            _fixture.Options.SegmentBytes = 2_048;
            _fixture.Options.SnapshotTailBytes = 4_096;
            _fixture.Options.MaximumQueuedCount = _random.Next(2) == 0 ? 6 : 1_000;
            Model = new SessionModel(_fixture);
        }

        public SessionModel Model { get; }

        public int Deaths { get; private set; }

        public async Task RunAsync()
        {
            _fixture.Open();
            Model.AddClients();
            Model.AddFleetingClient();
            foreach (var client in Model.Clients)
            {
                await client.ConnectAsync();
                foreach (var topic in Topics.Except([SessionModel.Toggled, SessionModel.Shared]))
                    await client.SubscribeAsync(topic);
                await client.SubscribeAsync(ModelWills.Topic);
                // What a member that is gone for good was sent goes with it: only those that stay share.
                if (client.Life == ModelLife.Persistent)
                    await client.SubscribeAsync(SessionModel.SharedFilter);
            }
            for (var step = 0; step < Steps; step++)
            {
                try
                {
                    await StepAsync(Model.Clients[_random.Next(Model.Clients.Count)]);
                }
                catch (BrokerStoppedException)
                {
                    await DieAsync();
                }
            }
            await DieAsync();
            await Model.FinishAsync();
            await Model.VerifyAsync();
            await _fixture.DisposeAsync();
        }

        private async Task StepAsync(ModelClient client)
        {
            await client.LookAtSlowedAsync();
            if (!client.IsConnected)
                await client.ConnectAsync(willDelay: WillDelay(client));
            switch (_random.Next(31))
            {
                case < 9 when !client.IsSlowed:
                    var topic = Topics[_random.Next(Topics.Length)];
                    await client.PublishAsync(topic, (QoS)_random.Next(1, 3), retain: topic[0] == 'r', expiry: topic[0] == 'e' && client.IsV5 ? (uint)_random.Next(1, 20) : null);
                    break;
                case < 12:
                    await client.ReleaseOneAsync();
                    break;
                case < 22:
                    await client.ReceiveOneAsync();
                    break;
                case 22 when client.IsSubscribed(SessionModel.Toggled) == false:
                    await client.SubscribeAsync(SessionModel.Toggled);
                    break;
                case 22 or 23:
                    await client.UnsubscribeAsync(SessionModel.Toggled);
                    break;
                case 24:
                    await client.CloseAsync(_random.Next(2) == 0 ? CloseReason.Disconnected : CloseReason.ConnectionLost);
                    break;
                case 25:
                    await client.ConnectAsync(willDelay: WillDelay(client)); // a take-over
                    break;
                case 26:
                    await Model.AdvanceAsync(TimeSpan.FromSeconds(_random.Next(10)));
                    break;
                case 27:
                    await DieAsync();
                    break;
                case 28:
                    Arm();
                    break;
                case 29 when client.IsV5:
                    await client.ConnectAsync(isClean: true, WillDelay(client));
                    break;
                default:
                    client.Link!.IsBusy = !client.Link.IsBusy; // connected above
                    await client.ReadyAsync();
                    break;
            }
        }

        /// 3.1.1 knows no delay; one in three has no will.
        private uint? WillDelay(ModelClient client) => _random.Next(3) == 0 ? null : client.IsV5 && _random.Next(2) == 0 ? (uint)_random.Next(1, 15) : 0;

        /// One of the next calls of the disk is the last.
        private void Arm() => _fixture.Disk.FailAt(
            _random.Next(1, 12), (ShadowFault)_random.Next(Enum.GetValues<ShadowFault>().Length));

        private async Task DieAsync()
        {
            Deaths++;
            Model.Disconnected();
            if (_random.Next(3) == 0)
                await _fixture.KillAsync();
            else
                await _fixture.CutPowerAsync((CrashMode)_random.Next(Enum.GetValues<CrashMode>().Length), _random.Next());
            _fixture.Open();
        }
    }
}
