using EdgeEnforcement.Mqtt;
using EdgeEnforcement.Mqtt.Sessions;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>
/// The broker core in its own process, without codec and sockets, on the real disk: routing of QoS 1 that nobody asked for, to one
/// persistent session (every answer flushed), fan-out 1 → 100, and what idle persistent sessions cost in memory, on disk and in time.
/// </summary>
internal static class BrokerLoad
{
    private const int Publishers = 4;
    private const int Window = 256;
    private const int FanOut = 100;
    private const int IdleSessions = 20_000;
    private const string Folder = "ee-broker-load";

    public static async Task<int> RunAsync()
    {
        await MeasureIdleAsync(); // first: what others leave behind would be counted or freed in it
        await MeasureAsync("QoS 1, nobody subscribed", 2_000_000, perMessage: 1, (_, _) => Task.CompletedTask);
        await MeasureAsync("QoS 1 to 1 persistent session, flushed", 500_000, perMessage: 1, (broker, time) => SubscribeAsync(broker, 1, uint.MaxValue, QoS.AtLeastOnce));
        await MeasureAsync("QoS 0 fan-out 1 -> 100", 50_000, FanOut, (broker, time) => SubscribeAsync(broker, FanOut, 0, QoS.AtMostOnce));
        await MeasureAsync("QoS 1 fan-out 1 -> 100, clean sessions", 30_000, FanOut, (broker, time) => SubscribeAsync(broker, FanOut, 0, QoS.AtLeastOnce));
        await MeasureAsync("QoS 1 fan-out 1 -> 100, persistent sessions, flushed", 10_000, FanOut, (broker, time) => SubscribeAsync(broker, FanOut, uint.MaxValue, QoS.AtLeastOnce));
        return 0;
    }

    private static Broker Open(string directory) => Broker.Open(
        new PhysicalFileSystem(), directory, new BrokerOptions(), new NoPresence(), new BrokerMetrics(new BenchmarkMeters()), TimeProvider.System);

    private static async Task MeasureAsync(string name, int messages, int perMessage, Func<Broker, TimeProvider, Task> prepare)
    {
        var directory = Directory.CreateTempSubdirectory(Folder).FullName;
        try
        {
            await using var broker = Open(directory);
            await prepare(broker, TimeProvider.System);
            await PublishAsync(broker, messages / 20); // warm
            var allocated = GC.GetTotalAllocatedBytes();
            var started = TimeProvider.System.GetTimestamp();
            await PublishAsync(broker, messages);
            var took = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            allocated = GC.GetTotalAllocatedBytes() - allocated;
            Console.WriteLine(FormattableString.Invariant(
                $"{name}: {messages / took:N0} published/s, {messages * (double)perMessage / took:N0} routed/s, {allocated / messages:N0} B allocated per publish"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Task PublishAsync(Broker broker, int messages) => Task.WhenAll(Enumerable.Range(0, Publishers).Select(async p =>
    {
        var handle = (await OpenAsync(broker, $"publisher-{p}", 0, new AnsweringLink(broker))).Session;
        var message = new ApplicationMessage { Topic = "load/topic", Payload = new byte[200], QoS = QoS.AtLeastOnce };
        var pending = new Queue<Task<PublishOutcome>>(Window);
        for (var i = 0; i < messages / Publishers; i++)
        {
            if (pending.Count == Window)
                Check(await pending.Dequeue());
            pending.Enqueue(broker.PublishAsync(handle, message, 0, CancellationToken.None).AsTask());
        }
        while (pending.TryDequeue(out var last))
            Check(await last);
    }));

    /// Quota would mean that the receivers did not keep up, and that something else was measured.
    private static void Check(PublishOutcome outcome)
    {
        if (outcome.Reason is not (ReasonCode.Success or ReasonCode.NoMatchingSubscribers))
            throw new InvalidOperationException($"A publish was refused: {outcome.Reason}.");
    }

    private static async Task SubscribeAsync(Broker broker, int count, uint expiry, QoS qos)
    {
        for (var i = 0; i < count; i++)
        {
            var handle = (await OpenAsync(broker, $"subscriber-{i}", expiry, new AnsweringLink(broker))).Session!; // not refused below the limit
            await broker.SubscribeAsync(handle, [new SubscriptionRequest("load/#", new SubscriptionOptions(qos))], CancellationToken.None);
        }
    }

    private static async Task<SessionOpened> OpenAsync(Broker broker, string clientId, uint expiry, AnsweringLink link)
    {
        var opened = await broker.OpenAsync(
            new SessionRequest { ClientId = clientId, Version = MqttVersion.V5, ExpirySeconds = expiry, ReceiveMaximum = 1_024 }, link, CancellationToken.None);
        link.Session = opened.Session;
        await broker.ReadyAsync(opened.Session!, CancellationToken.None); // not refused below the limit
        return opened;
    }

    private static async Task MeasureIdleAsync()
    {
        var directory = Directory.CreateTempSubdirectory(Folder).FullName;
        try
        {
            long memory;
            await using (var broker = Open(directory))
            {
                var before = GC.GetTotalMemory(forceFullCollection: true);
                await Parallel.ForEachAsync(Enumerable.Range(0, IdleSessions), async (i, _) =>
                {
                    var handle = (await OpenAsync(broker, $"device-{i:000000}", uint.MaxValue, new AnsweringLink(broker))).Session!; // below the limit
                    await broker.SubscribeAsync(
                        handle,
                        [
                            new SubscriptionRequest($"ee/v1/device-{i:000000}/down", new SubscriptionOptions(QoS.AtLeastOnce)),
                            new SubscriptionRequest($"site/{i % 100}/device-{i:000000}/#", new SubscriptionOptions(QoS.AtLeastOnce)),
                            new SubscriptionRequest("all/devices", new SubscriptionOptions(QoS.AtMostOnce)),
                        ],
                        CancellationToken.None);
                });
                memory = GC.GetTotalMemory(forceFullCollection: true) - before;
            }
            var bytes = Directory.EnumerateFiles(directory).Sum(f => new FileInfo(f).Length);
            var started = TimeProvider.System.GetTimestamp();
            await using (Open(directory))
            {
                var took = TimeProvider.System.GetElapsedTime(started);
                Console.WriteLine(FormattableString.Invariant(
                    $"{IdleSessions:N0} persistent sessions, 3 filters each: {memory / IdleSessions:N0} B memory, {bytes / IdleSessions:N0} B on disk each; opened again in {took.TotalMilliseconds:N0} ms"));
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private sealed class NoPresence : IPresenceObserver
    {
        public void Changed(in PresenceChange change)
        {
        }

        public bool TakesWill(string topic) => false;

        public void WillDue(in PresenceWill will)
        {
        }
    }

    private sealed class AnsweringLink(Broker broker) : ISessionLink
    {
        public SessionHandle? Session { get; set; }

        public bool IsBusy => false;

        public TimeSpan SilentFor => TimeSpan.Zero;

        public Task Drained => Task.CompletedTask;

        public void Deliver(in Delivery delivery)
        {
            if (delivery.QoS > QoS.AtMostOnce)
                _ = AnswerAsync(delivery.PacketId);
        }

        // On the broker's thread this returns at the first full queue and goes on elsewhere.
        private async Task AnswerAsync(ushort packetId) =>
            await broker.AnsweredAsync(Session!, packetId, AnswerKind.Puback, ReasonCode.Success, CancellationToken.None); // set before Ready

        public void Release(ushort packetId, ReasonCode reason)
        {
        }

        public void TakenOver()
        {
        }
    }
}
