using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace EdgeEnforcement.EdgeAgent.Tests.Sources.Hj212;

/// <summary>
/// The agent is killed again and again while stations send. A station takes a message for delivered when it is answered, and sends all
/// others again. In the end every message is there, and none twice.
/// </summary>
public sealed class KillTests
{
    private const int Kills = 4;
    private const int Stations = 8;
    private const int PerRound = 40;

    [Fact]
    public async Task Killed_between_store_and_reply_nothing_is_lost_and_nothing_is_doubled()
    {
        var root = Directory.CreateTempSubdirectory("hj212-kill-").FullName;
        var config = Path.Combine(root, "agent.json");
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new
        {
            Agent = new { Producer = "dock-test", DataDirectory = Path.Combine(root, "agent"), DeclaredPersistent = true },
            Hj212 = new { Listen = new[] { "127.0.0.1:0" }, SetUpStations = false, FramesAtOnce = 100_000 },
            Uplink = new { Address = "http://127.0.0.1:1" },
            Status = new { Listen = "http://127.0.0.1:0" },
        }), TestContext.Current.CancellationToken);
        var unanswered = Enumerable.Range(0, Stations).Select(_ => new Queue<int>()).ToArray();
        var resent = 0;

        for (var round = 0; round <= Kills; round++)
        {
            var isLast = round == Kills;
            await using var agent = await RunningProcess.StartAsync(config);
            for (var s = 0; s < Stations; s++)
                foreach (var n in Enumerable.Range(round * PerRound, isLast ? 0 : PerRound))
                    unanswered[s].Enqueue(n);
            var sending = Enumerable.Range(0, Stations).Select(s => RunAsync(agent.Address, s, unanswered[s])).ToArray();
            if (!isLast)
            {
                // In the middle of it: a third of the stations' messages are through, the rest is on its way.
                await Centre.RunningAgent.UntilAsync(() => unanswered.Sum(CountOf) < Stations * PerRound * 2 / 3, "some answers");
                await agent.KillAsync();
            }
            await Task.WhenAll(sending);
            resent += unanswered.Sum(CountOf);
        }

        Assert.True(resent > 0, "no kill hit anything");
        await using var afterwards = await Hj212Fixture.CreateAsync(root: root);
        for (var s = 0; s < Stations; s++)
            Assert.Equal(
                Enumerable.Range(0, Kills * PerRound).Select(n => (double)n),
                afterwards.Batches(Name(s)).SelectMany(b => b.Readings).Select(r => r.Value).Order());
    }

    private static int CountOf(Queue<int> queue)
    {
        lock (queue)
            return queue.Count;
    }

    /// <summary>Sends what is unanswered with a window of eight, until all is answered or the link breaks.</summary>
    private static async Task RunAsync(IPEndPoint address, int number, Queue<int> unanswered)
    {
        try
        {
            await using var station = await TestStation.ConnectAsync(address, Name(number));
            int[] all;
            lock (unanswered)
                all = [.. unanswered];
            for (var sent = 0; CountOf(unanswered) > 0;)
            {
                while (sent < all.Length && sent - (all.Length - CountOf(unanswered)) < 8)
                    await station.SendAsync(2011, $"DataTime=2026112816{all[sent] / 60:D2}{all[sent] % 60:D2};w01018-Rtd={all[sent]},w01018-Flag=N", Qn(all[sent++]));
                var answer = await station.ReceiveAsync();
                lock (unanswered)
                    Assert.Equal(Qn(unanswered.Dequeue()), answer.Qn);
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // Killed under its hands.
        }
    }

    private static string Name(int station) => $"KILL{station:D4}";

    private static string Qn(int message) => $"20261128160000{message.ToString("D3", CultureInfo.InvariantCulture)}";
}
