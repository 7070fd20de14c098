using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Durability.Devices;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Testing;
using Grpc.Core;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>
/// The service is killed with SIGKILL while MQTT clients are half way through their exchanges, each at a step of its own choice, and they go on
/// over the next connection with clean start 0. A QoS 2 message of a device is in the ledger once and in order, wherever its sender stood; outside
/// ee/v1 it has its effect once at a persistent subscriber, wherever that stood; QoS 1 and signed envelopes keep what was acknowledged and their
/// order. Two rounds in three kill when everybody stands where he wanted to, the third anywhere. EE_SEED repeats a run's choices.
/// </summary>
public sealed class DeviceKillTests : IDisposable
{
    private static readonly int Rounds = LongForm.IsWanted ? 300 : 16;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Random _random = new(LongForm.Seed);
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceUnderTest _service;
    private readonly List<ExactPublisher> _devices = [];
    private readonly List<ExactPublisher> _authors = [];
    private readonly List<ExactSubscriber> _readers = [];
    private readonly List<OrderedPublisher> _streams = [];
    private readonly List<SigningDevice> _signers = [];
    private readonly int[] _killedAt = new int[Enum.GetValues<ExactPublisher.Step>().Length];
    private int _kills;

    public DeviceKillTests() => _service = new ServiceUnderTest(_folder.Sub("data")) { MqttAccess = Repository.Profile("open-loopback") };

    private IEnumerable<IDevice> Senders => [.. _devices, .. _authors, .. _streams, .. _signers];

    private IEnumerable<IDevice> All => [.. _readers, .. Senders]; // readers first: who publishes finds them subscribed

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wherever_an_exchange_stands_when_the_service_is_killed_it_ends_with_one_effect()
    {
        TestContext.Current.SendDiagnosticMessage($"devices under kills: EE_SEED={LongForm.Seed}");
        using var channel = _service.Channel();
        foreach (var version in new[] { MqttVersion.V311, MqttVersion.V5 })
        {
            for (var i = 0; i < 4; i++)
                _devices.Add(new ExactPublisher($"meter-{version}-{i}", $"ee/v1/meter-{version}-{i}/up/raw/x", version));
            for (var i = 0; i < 3; i++)
            {
                _authors.Add(new ExactPublisher($"author-{version}-{i}", $"work/{version}/{i}", version));
                _readers.Add(new ExactSubscriber($"reader-{version}-{i}", $"work/{version}/{i}", version));
            }
            _streams.Add(new OrderedPublisher($"stream-{version}", $"ee/v1/stream-{version}/up/raw/x", version));
        }
        _signers.Add(new SigningDevice("signer-1", _service, channel));

        try
        {
            await RunAsync();
        }
        catch (Exception broken) when (!Cancellation.IsCancellationRequested)
        {
            throw new InvalidOperationException($"EE_SEED={LongForm.Seed}, after {_kills} kills: {broken.Message}", broken);
        }
    }

    public void Dispose()
    {
        foreach (var device in All)
            device.Dispose();
        _folder.Dispose();
    }

    private async Task RunAsync()
    {
        await using var service = _service;
        for (var round = 0; round < Rounds; round++)
        {
            await service.StartAsync();
            if (round % 3 == 2)
                await KilledInMotionAsync();
            await EachAsync(All, device => device.ConnectAsync(service.MqttPort));
            var listening = _readers.Select(reader => UntilTheEndAsync(reader.GoOnAsync, new Random(_random.Next()))).ToList();
            await EachAsync(Senders, device => device.FinishAsync());
            await EachAsync(Senders, device => device.GoOnAsync(new Random(_random.Next())));
            foreach (var exact in _devices.Concat(_authors))
                _killedAt[(int)exact.At]++;
            await KillAsync();
            await Task.WhenAll(listening);
        }

        await service.StartAsync();
        await EachAsync(All, device => device.ConnectAsync(service.MqttPort));
        await EachAsync(Senders, device => device.FinishAsync());
        await EachAsync(_readers.Zip(_authors), pair => pair.First.TakeAllAsync(pair.Second.Count));
        await HoldAsync();
        await service.Process.TerminateAsync();
        var (code, output) = await service.VerifyAsync();
        Assert.True(code == 0, output);
    }

    /// <summary>Connecting, repeating, finishing and beginning anew, until somewhere in it the service dies; then it starts again.</summary>
    private async Task KilledInMotionAsync()
    {
        var lives = All.Select(device => UntilTheEndAsync(
            async random =>
            {
                await device.ConnectAsync(_service.MqttPort);
                await device.FinishAsync();
                await device.GoOnAsync(random);
            },
            new Random(_random.Next()))).ToList();
        await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(400)), TimeProvider.System, Cancellation);
        await KillAsync();
        await Task.WhenAll(lives);
        await _service.StartAsync();
    }

    private async Task KillAsync()
    {
        Assert.False(_service.Process.HasExited, $"ended by itself:\n{_service.Process.Output}");
        await _service.KillAsync();
        _kills++;
    }

    private static Task EachAsync<T>(IEnumerable<T> devices, Func<T, Task> act) => Task.WhenAll(devices.Select(act));

    private static async Task UntilTheEndAsync(Func<Random, Task> act, Random random)
    {
        try
        {
            await act(random);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or RpcException)
        {
            // Killed: the client knows what it knew.
        }
    }

    private async Task HoldAsync()
    {
        foreach (var (reader, author) in _readers.Zip(_authors))
            Assert.Equal(Enumerable.Range(1, author.Count), reader.Effects);

        using var channel = _service.Channel();
        var expected = _devices.Sum(d => d.Count) + (int)_signers.Sum(s => (long)s.Count) + _streams.Sum(s => s.Count);
        // The dump ends at the newest checkpoint, which comes up to a second after the answers.
        var ledger = await Eventually.Gives("everything is under a checkpoint", Limit, async () =>
            await LedgerDump.ReadAsync(channel, Cancellation) is var dump
            && dump.Entries.Count(e => e.Leaf.Origin is LeafOrigin.Door or LeafOrigin.Producer) >= expected ? dump : null);

        var messages = ledger.Entries.Where(e => e.Record?.DeviceMessage is not null).ToLookup(e => e.Record!.DeviceMessage.ClientId);
        foreach (var device in _devices)
            Assert.Equal(Enumerable.Range(1, device.Count), messages[device.ClientId].Select(NumberOf));
        foreach (var stream in _streams)
        {
            var numbers = messages[stream.ClientId].Select(NumberOf).ToList();
            Assert.Equal(Enumerable.Range(1, stream.Count), stream.Acknowledged);
            Assert.Equal(stream.Acknowledged, numbers.Distinct());
            var seen = new HashSet<int>();
            Assert.All(messages[stream.ClientId], e => Assert.True(
                seen.Add(NumberOf(e)) || e.Leaf.Flags.HasFlag(LeafFlags.PossibleDuplicate), $"{stream.ClientId}: {NumberOf(e)} stands twice and is not marked"));
        }
        _signers.ForEach(signer => signer.Hold(ledger));

        TestContext.Current.SendDiagnosticMessage(
            $"{_kills} kills; publishers stood at {string.Join(", ", Enum.GetValues<ExactPublisher.Step>().Select(s => $"{s} {_killedAt[(int)s]}"))}; "
            + $"subscribers silent {string.Join(", ", Enumerable.Range(0, 4).Select(i => _readers.Sum(r => r.Silences[i])))}; {ledger.Entries.Count} entries");
        Assert.All(_killedAt, count => Assert.True(count > 0, "no publisher was killed at one of the steps"));
        Assert.All(Enumerable.Range(0, 4), i => Assert.True(_readers.Sum(r => r.Silences[i]) > 0, $"no subscriber fell silent in way {i}"));
    }

    private static int NumberOf((Leaf Leaf, byte[] LeafBytes, Contracts.V1.Record? Record) entry) =>
        int.Parse(entry.Record!.DeviceMessage.Payload.ToStringUtf8());
}
