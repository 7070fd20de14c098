namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>
/// Drives an MQTT server, ours or another, over raw sockets: acknowledged messages per second, their latencies, the server's processor
/// time and memory, and the driver's own, which must stay the smaller part of the machine for the figures to mean the server.
/// With subscribers the deliveries are counted instead, and the latency is the age of a message when it arrives.
/// </summary>
internal static class MqttLoad
{
    // So few say how long the warm-up itself would take.
    private const int FirstMessages = 2_000;

    public static int Run(string[] arguments)
    {
        var options = MqttLoadOptions.Parse(arguments);
        var loops = Connect(options);
        try
        {
            options = WarmUp(options, loops);
            var runs = Enumerable.Range(0, options.Runs).Select(_ => Measure(options, loops)).ToList();
            if (options.Row.Length == 0)
                Console.WriteLine(LoadTable.Head);
            Console.WriteLine(LoadTable.Row(options, runs));
            var refused = loops.Sum(loop => loop.Publishers.Sum(publisher => publisher.Refused));
            if (refused > 0)
                Console.WriteLine($"{refused} acknowledgements of all runs said no");
            return 0;
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine($"{options.Row} {e.Message}; {loops.Sum(l => l.Subscribers.Sum(s => s.Received))} deliveries had come");
            return 1;
        }
        finally
        {
            loops.ForEach(loop => loop.Dispose());
        }
    }

    private static List<LoadLoop> Connect(MqttLoadOptions options)
    {
        var messages = options.Body == LoadBody.Raw
            ? Enumerable.Range(0, options.Connections).Select(RawMessages (i) => new(options.Version, LoadPublisher.Named(options.Topic, i), options.Qos, options.PayloadBytes))
            : (IEnumerable<ILoadMessages>)SignedMessages.Create(options, MostEach(options));
        var loops = Enumerable.Range(0, options.Threads).Select(_ => new LoadLoop(options)).ToList();
        for (var i = 0; i < options.Subscribers; i++)
            loops[i % loops.Count].AddSubscriber(i);
        foreach (var (i, one) in messages.Index())
            loops[i % loops.Count].AddPublisher(i, one);
        return loops;
    }

    private static long MostEach(MqttLoadOptions options) =>
        Each(options, FirstMessages) + Each(options, options.WarmUp) + (options.Runs * Each(options, options.Messages));

    private static long Each(MqttLoadOptions options, long messages) => Math.Max(1, messages / options.Connections);

    /// As many messages as take no longer than a run may.
    private static MqttLoadOptions WarmUp(MqttLoadOptions options, List<LoadLoop> loops)
    {
        if (options.WarmUp == 0)
            return options;
        var warming = options with { Rate = 0 };
        var first = Measure(warming with { Messages = Math.Min(FirstMessages, options.WarmUp) }, loops);
        var warm = Measure(warming with { Messages = Bounded(options.WarmUp, first) }, loops);
        return options.Rate > 0 ? options : options with { Messages = Bounded(options.Messages, warm) };

        long Bounded(long messages, RunResult like) => options.Seconds > 0 ? Math.Min(messages, (long)(like.MessagesPerSecond * options.Seconds)) : messages;
    }

    private static RunResult Measure(MqttLoadOptions options, List<LoadLoop> loops)
    {
        var each = Each(options, options.Messages);
        var all = each * options.Connections;
        var numbers = ServerNumbers.Of(options.Metrics);
        var (server, own) = (ProcessReading.Of(options.Processes), ProcessReading.Of([Environment.ProcessId]));
        var start = LoadLoop.Now();
        foreach (var loop in loops)
        {
            loop.Clear();
            foreach (var publisher in loop.Publishers)
                publisher.Begin(each, start, options.Rate);
            foreach (var subscriber in loop.Subscribers)
                subscriber.Begin(all);
        }
        RunAll(loops);
        var seconds = (LoadLoop.Now() - start) / 1e9;
        var (serverAfter, ownAfter) = (ProcessReading.Of(options.Processes), ProcessReading.Of([Environment.ProcessId]));
        var (latencies, ages) = (new LatencyHistogram(), new LatencyHistogram());
        loops.ForEach(loop => latencies.AddAll(loop.Latencies));
        loops.ForEach(loop => ages.AddAll(loop.Ages));
        return new RunResult(
            all, all * options.Subscribers, seconds, latencies, ages,
            serverAfter.CpuSeconds - server.CpuSeconds, ownAfter.CpuSeconds - own.CpuSeconds, serverAfter.ResidentMiB)
        {
            Server = numbers is null ? null : ServerNumbers.Of(options.Metrics)!.Since(numbers), // asked before, so asked again
        };
    }

    private static void RunAll(List<LoadLoop> loops)
    {
        Exception? fault = null;
        var threads = loops.Select(loop => new Thread(() => fault = Guarded(loop) ?? fault)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (fault is not null)
            throw fault;
    }

    private static InvalidOperationException? Guarded(LoadLoop loop)
    {
        try
        {
            loop.Run();
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}
