using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EndToEnd.Tests.Harness;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Tests.Server;
using Wire = EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.EndToEnd.Tests.Durability;

/// <summary>
/// Ten thousand clients on real sockets, each with a session and a message on its way, when the service is killed: they all come back in the same
/// moment and try until they are let in. Each finds its session, each message is acknowledged, and what was acknowledged is in the ledger.
/// </summary>
public sealed partial class ReconnectStormTests(ITestOutputHelper output) : IDisposable
{
    private const int Wanted = 10_000;
    private const int Sampled = 300;

    // For everything that is no client's socket, in either process.
    private const int OtherFiles = 1_000;

    private static readonly byte[] ForAnHour = [0x11, 0, 0, 0x0E, 0x10];
    private static readonly HttpClient Http = new();

    private readonly TemporaryFolder _folder = new();
    private readonly int _count = Math.Min(Wanted, OpenFiles() - OtherFiles);
    private RawClient?[] _clients = [];
    private int _attempts;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_clients_come_back_at_once_and_none_has_lost_its_session_or_its_message()
    {
        output.WriteLine($"{_count} clients, {OpenFiles()} open files permitted");
        _clients = new RawClient?[_count];
        await using var service = new ServiceUnderTest(_folder.Sub("data")) { MqttAccess = Repository.Profile("open-loopback") };
        await service.StartAsync();
        await EachAsync(i => ConnectAsync(service, i, isKnown: false));
        var first = new ulong[_count];
        await EachAsync(async i => first[i] = await PublishAsync(i, 1));
        await EachAsync(i => _clients[i]!.SendAsync(Message(i, 2, isRepeated: false))); // connected above
        await service.KillAsync();

        var starting = service.StartAsync();
        var storm = EachAsync(i => ConnectAsync(service, i, isKnown: true));
        await starting;
        await storm;
        var second = new ulong[_count];
        await EachAsync(async i => second[i] = await PublishAsync(i, 2, isRepeated: true));

        output.WriteLine($"{_attempts} attempts");
        Assert.Equal(2 * _count, first.Concat(second).Distinct().Count());
        using (var health = JsonDocument.Parse(await Http.GetStringAsync(new Uri(service.HttpAddress + "/health"), Cancellation)))
            Assert.Equal(_count, health.RootElement.GetProperty("parts").GetProperty("mqtt").GetProperty("numbers").GetProperty("connections").GetInt32());
        await HoldAsync(service, first, "1");
        await HoldAsync(service, second, "2");
    }

    public void Dispose()
    {
        foreach (var client in _clients)
            client?.Dispose();
        _folder.Dispose();
    }

    private Task EachAsync(Func<int, Task> act) => Task.WhenAll(Enumerable.Range(0, _count).Select(i => Task.Run(() => act(i), Cancellation)));

    private async Task ConnectAsync(ServiceUnderTest service, int number, bool isKnown)
    {
        var random = new Random(number);
        while (true)
        {
            _clients[number]?.Dispose();
            Interlocked.Increment(ref _attempts);
            try
            {
                var client = _clients[number] = await RawClient.OpenAsync(service.MqttPort);
                var connack = await client.ConnectAsync(Name(number), clean: false, properties: ForAnHour);
                Assert.Equal((isKnown ? 1 : 0, 0), (connack.Body[0], connack.Body[1]));
                return;
            }
            catch (Exception e) when (e is SocketException or IOException && isKnown)
            {
                // Nobody listens yet, or the queue before the door is full.
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(100, 1_000)), TimeProvider.System, Cancellation);
            }
        }
    }

    /// <summary>The entry that PUBACK names.</summary>
    private async Task<ulong> PublishAsync(int number, int message, bool isRepeated = false)
    {
        var puback = await _clients[number]!.AskAsync(Message(number, message, isRepeated)); // connected
        Assert.Equal((4, message, 0), (puback.Type, puback.Id, puback.Reason));
        return ulong.Parse(Entry().Match(Encoding.Latin1.GetString(puback.Body)).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static async Task HoldAsync(ServiceUnderTest service, ulong[] entries, string payload)
    {
        using var channel = service.Channel();
        var ledger = new Wire.Ledger.LedgerClient(channel);
        foreach (var number in Enumerable.Range(0, Sampled).Select(i => (int)((long)i * entries.Length / Sampled)))
        {
            var entry = await ledger.GetEntryAsync(new GetEntryRequest { Index = entries[number] }, cancellationToken: Cancellation);
            EnvelopeReader.TryRead(entry.Envelope.Memory, out var opened);
            Assert.Equal((Name(number), payload), (opened.Record!.DeviceMessage.ClientId, opened.Record.DeviceMessage.Payload.ToStringUtf8()));
        }
    }

    private static byte[] Message(int number, int message, bool isRepeated) =>
        RawPackets.Publish($"ee/v1/{Name(number)}/up/raw/x", $"{message}", QoS.AtLeastOnce, (ushort)message, dup: isRepeated);

    private static string Name(int number) => FormattableString.Invariant($"meter-{number:D5}");

    private static int OpenFiles() =>
        int.Parse(File.ReadLines("/proc/self/limits").First(l => l.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[4],
            CultureInfo.InvariantCulture);

    [GeneratedRegex("entry..([0-9]+)", RegexOptions.Singleline)]
    private static partial Regex Entry();
}
