using BenchmarkDotNet.Running;
using EdgeEnforcement.Benchmarks;
using EdgeEnforcement.Benchmarks.Load;

// Parts:  dotnet run -c Release --project tests/Benchmarks -- --filter '*LedgerAppend*'
// Whole:  dotnet run -c Release --project tests/Benchmarks -- load report | load upload [MIB] | load restart [ENTRIES] | load idle | load broker
// The figures of a commit go to docs/benchmarks/ by hand, with what else ran on the machine.
return args switch
{
    ["load", "report"] => await ReportLoad.RunAsync(),
    ["load", "upload"] => await UploadLoad.RunAsync(2048),
    ["load", "upload", var mebibytes] => await UploadLoad.RunAsync(int.Parse(mebibytes, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "restart"] => await RestartLoad.RunAsync(10_000_000),
    ["load", "restart", var entries] => await RestartLoad.RunAsync(ulong.Parse(entries, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "idle"] => await IdleMemory.RunAsync(),
    ["load", "broker"] => await BrokerLoad.RunAsync(),
    ["echo-server", var port] => await EchoServer.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
    _ => BenchmarkSwitcher.FromAssembly(typeof(LedgerAppend_BatchSize).Assembly).Run(args).Any() ? 0 : 1,
};
