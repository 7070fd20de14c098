using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>
/// How long the broker decides nothing while it writes a snapshot, on this machine's disk: so many sessions, each with a subscription and a waiting
/// message, and as many retained messages, of 200 bytes. The publish behind the one that made the snapshot due waits for it.
/// </summary>
internal static class SnapshotLoad
{
    private const int Rounds = 3;
    private const int PayloadBytes = 200;
    private const int Together = 4_096;

    public static async Task<int> RunAsync(int count)
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var scratch = new ScratchFolder();
            using var meters = new BenchmarkMeters();
            var options = new BrokerOptions { SnapshotTailBytes = 16L << 30, MaximumSessions = count + 1, MaximumRetainedCount = count + 2 };
            await using var broker = Broker.Open(new PhysicalFileSystem(), scratch.Path, options, new Nobody(), new BrokerMetrics(meters), TimeProvider.System);
            await FillAsync(broker, count);

            options.SnapshotTailBytes = 4_096;
            await broker.PublishAsync(null, Message("last"), 0, default);
            var started = TimeProvider.System.GetTimestamp();
            await broker.PublishAsync(null, Message("last"), 0, default);
            var wait = TimeProvider.System.GetElapsedTime(started);
            var bytes = new FileInfo(Path.Combine(scratch.Path, "snapshot")).Length;
            Console.WriteLine(FormattableString.Invariant(
                $"{count:N0} sessions, waiting and retained messages each: a snapshot of {bytes / 1e6:F0} MB, the next publish waited {wait.TotalMilliseconds:F0} ms"));
        }
        return 0;
    }

    private static Task FillAsync(Broker broker, int count) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = Together }, async (i, cancellation) =>
        {
            var name = FormattableString.Invariant($"meter-{i:D6}");
            var opened = await broker.OpenAsync(
                new SessionRequest { ClientId = name, Version = MqttVersion.V5, ExpirySeconds = uint.MaxValue }, new NoLink(), cancellation);
            var session = opened.Session ?? throw new InvalidOperationException($"refused: {opened.Reason}");
            await broker.SubscribeAsync(session, [new SubscriptionRequest("down/" + name, new SubscriptionOptions(QoS.AtLeastOnce))], cancellation);
            await broker.CloseAsync(session, CloseReason.ConnectionLost, null);
            await broker.PublishAsync(null, Message("down/" + name) with { Retain = false }, 0, cancellation);
            await broker.PublishAsync(null, Message("last/" + name), 0, cancellation);
        });

    private static ApplicationMessage Message(string topic) => new() { Topic = topic, Payload = new byte[PayloadBytes], QoS = QoS.AtLeastOnce, Retain = true };

    private sealed class Nobody : IPresenceObserver
    {
        public void Changed(in PresenceChange change)
        {
            // Nobody asks.
        }

        public bool TakesWill(string topic) => false;

        public void WillDue(in PresenceWill will) => throw new InvalidOperationException("it takes none");
    }

    private sealed class NoLink : ISessionLink
    {
        public bool IsBusy => true;

        public TimeSpan SilentFor => TimeSpan.Zero;

        public Task Drained => Task.CompletedTask;

        public void Deliver(in Delivery delivery) => throw new InvalidOperationException("it is busy");

        public void Release(ushort packetId, ReasonCode reason) => throw new InvalidOperationException("it is busy");

        public void TakenOver()
        {
            // It is drained.
        }
    }
}
