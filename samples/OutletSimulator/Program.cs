using System.CommandLine;
using EdgeEnforcement.OutletSimulator;

// Outlets (ST 32) and air stations (ST 22) that speak HJ 212-2017 to an agent. Outlets are stations 1 to N, air stations follow them.
// Everything that is sent is true of the simulated world at its time: clocks and periods are real ones. What makes a demonstration quick
// is real-time values every second or two (the standard's shortest is 30 s), minute data of one minute, and --speed, which shortens
// incidents, never time.
var agent = new Option<string>("--agent") { Description = "Where the agent listens", DefaultValueFactory = _ => "127.0.0.1:7512" };
var outlets = new Option<int>("--outlets") { Description = "Number of outlets", DefaultValueFactory = _ => 2 };
var air = new Option<int>("--air") { Description = "Number of air stations", DefaultValueFactory = _ => 1 };
var password = new Option<string>("--password") { Description = "PW of every station", DefaultValueFactory = _ => "123456" };
var every = new Option<int>("--every") { Description = "Seconds between real-time values", DefaultValueFactory = _ => 30 };
var minute = new Option<int>("--minute") { Description = "Period of minute data, in minutes", DefaultValueFactory = _ => 10 };
var history = new Option<double>("--history") { Description = "Hours sent from memory at first connection" };
var speed = new Option<double>("--speed") { Description = "Incidents take this fraction of their time", DefaultValueFactory = _ => 1 };
var incidents = new Option<string[]>("--incident")
{
    Description = "KIND@STATION+SECONDS, KIND one of night-discharge (40 min), maintenance (20 min), cable-pulled (11 min); may be repeated",
};
var script = new Option<string?>("--script") { Description = "A file of incidents, one KIND@STATION+SECONDS a line, # for remarks" };
var command = new RootCommand("Simulated HJ 212 stations") { agent, outlets, air, password, every, minute, history, speed, incidents, script };
command.SetAction(async (result, cancellation) =>
{
    var time = TimeProvider.System;
    var now = time.GetUtcNow();
    var address = result.GetRequiredValue(agent).Split(':');
    var options = new LoggerOptions(
        address[0], int.Parse(address[1], System.Globalization.CultureInfo.InvariantCulture), result.GetRequiredValue(password),
        TimeSpan.FromSeconds(result.GetValue(every)), TimeSpan.FromMinutes(result.GetValue(minute)), TimeSpan.FromHours(result.GetValue(history)));
    List<Incident> planned;
    try
    {
        planned = [.. (result.GetValue(incidents) ?? []).Select(i => Incident.Parse(i, now, result.GetValue(speed)))];
        if (result.GetValue(script) is { } file)
            planned.AddRange(Script.Parse(File.ReadAllLines(file), now, result.GetValue(speed)));
    }
    catch (Exception e) when (e is FormatException or IOException)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 2;
    }
    var outletCount = result.GetValue(outlets);
    var stations = Enumerable.Range(1, outletCount).Select(n => Station.Outlet(n, planned))
        .Concat(Enumerable.Range(outletCount + 1, result.GetValue(air)).Select(n => Station.Air(n, planned)));
    var log = TextWriter.Synchronized(Console.Out);
    var loggers = stations.Select(s => new DataLogger(s, options, time, log)).ToList();
    try
    {
        await Task.WhenAll(loggers.Select(l => l.RunAsync(cancellation)));
    }
    catch (OperationCanceledException)
    {
        // Ctrl-C
    }
    finally
    {
        loggers.ForEach(l => l.Dispose());
    }
    return 0;
});
return await command.Parse(args).InvokeAsync();
