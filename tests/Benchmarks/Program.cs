using BenchmarkDotNet.Running;
using EdgeEnforcement.Benchmarks;
using EdgeEnforcement.Benchmarks.Load;
using EdgeEnforcement.Benchmarks.Load.Mqtt;

// Parts:  dotnet run -c Release --project tests/Benchmarks -- --filter '*LedgerAppend*'
// Whole:  dotnet run -c Release --project tests/Benchmarks -- load report | load upload [MIB] | load restart [ENTRIES] | load idle
//         ... load mqtt --port 1883 --connections 50 --window 20 (MqttLoadOptions); scripts/bench-mqtt runs it against ours and others side by side
// The figures of a commit go to docs/benchmarks/ by hand, with what else ran on the machine.
return args switch
{
    ["load", "report"] => await ReportLoad.RunAsync(),
    ["load", "upload"] => await UploadLoad.RunAsync(2048),
    ["load", "upload", var mebibytes] => await UploadLoad.RunAsync(int.Parse(mebibytes, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "restart"] => await RestartLoad.RunAsync(10_000_000),
    ["load", "restart", var entries] => await RestartLoad.RunAsync(ulong.Parse(entries, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "idle"] => await IdleMemory.RunAsync(),
    ["load", "mqtt", .. var options] => MqttLoad.Run(options),
    ["mqtt-sink", var port] => MqttSink.Run(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
    ["echo-server", var port] => await EchoServer.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
    _ => BenchmarkSwitcher.FromAssembly(typeof(LedgerAppend_BatchSize).Assembly).Run(args).Any() ? 0 : 1,
};
