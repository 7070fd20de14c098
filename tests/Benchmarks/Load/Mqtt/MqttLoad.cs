using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>
/// Drives an MQTT server, ours or another, over raw sockets: acknowledged messages per second, their latencies, the server's processor
/// time and memory, and the driver's own, which must stay the smaller part of the machine for the figures to mean the server.
/// With subscribers the deliveries are counted instead, and the latency is the age of a message when it arrives.
/// </summary>
internal static class MqttLoad
{
    public static int Run(string[] arguments)
    {
        var options = MqttLoadOptions.Parse(arguments);
        var loops = Connect(options);
        try
        {
            if (options.WarmUp > 0)
                Measure(options with { Rate = 0, Messages = options.WarmUp }, loops);
            var runs = Enumerable.Range(0, options.Runs).Select(_ => Measure(options, loops)).OrderBy(run => run.PerSecond).ToList();
            Print(options, runs, loops.Sum(loop => loop.Publishers.Sum(publisher => publisher.Refused)));
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
        var loops = Enumerable.Range(0, options.Threads).Select(_ => new LoadLoop(options)).ToList();
        for (var i = 0; i < options.Subscribers; i++)
            loops[i % loops.Count].AddSubscriber(i);
        for (var i = 0; i < options.Connections; i++)
            loops[i % loops.Count].AddPublisher(i);
        return loops;
    }

    private static RunResult Measure(MqttLoadOptions options, List<LoadLoop> loops)
    {
        var each = Math.Max(1, options.Messages / options.Connections);
        var all = each * options.Connections;
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
        Exception? fault = null;
        var threads = loops.Select(loop => new Thread(() => fault = Guarded(loop) ?? fault)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var seconds = (LoadLoop.Now() - start) / 1e9;
        if (fault is not null)
            throw fault;
        var (serverAfter, ownAfter) = (ProcessReading.Of(options.Processes), ProcessReading.Of([Environment.ProcessId]));
        var (latencies, ages) = (new LatencyHistogram(), new LatencyHistogram());
        loops.ForEach(loop => latencies.AddAll(loop.Latencies));
        loops.ForEach(loop => ages.AddAll(loop.Ages));
        return new RunResult(
            all, all * options.Subscribers, seconds, latencies, ages,
            serverAfter.CpuSeconds - server.CpuSeconds, ownAfter.CpuSeconds - own.CpuSeconds, serverAfter.ResidentMiB);
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

    private static void Print(MqttLoadOptions options, List<RunResult> runs, long refused)
    {
        var median = runs[runs.Count / 2];
        var per = 100_000.0 / Math.Max(median.Messages, median.Deliveries);
        var shown = median.Shown;
        var latency = shown.Count == 0 ? "| | " : string.Create(CultureInfo.InvariantCulture,
            $"{shown.MillisecondsAt(0.5):F2} | {shown.MillisecondsAt(0.99):F2} | {shown.MillisecondsAt(0.999):F2}");
        var row = string.Create(CultureInfo.InvariantCulture,
            $"| {options.Row} | {median.PerSecond:N0} ({runs[0].PerSecond:N0}..{runs[^1].PerSecond:N0}) | {latency} | {median.ServerCpuSeconds * per:F2} | {median.OwnCpuSeconds * per:F2} | {median.ServerMiB} |");
        Console.WriteLine(options.Row.Length > 0 ? row : "| | messages/s, median (lowest..highest) | p50 ms | p99 ms | p99.9 ms | server CPU s per 100k | driver CPU s per 100k | server MiB |\n" + row);
        if (refused > 0)
            Console.WriteLine($"{refused} acknowledgements of all runs said no");
    }
}
