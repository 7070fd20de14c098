using BenchmarkDotNet.Running;
using EdgeEnforcement.Benchmarks;
using EdgeEnforcement.Benchmarks.Load;
using EdgeEnforcement.Benchmarks.Load.Calls;
using EdgeEnforcement.Benchmarks.Load.Cases;
using EdgeEnforcement.Benchmarks.Load.Mqtt;

// Parts:  dotnet run -c Release --project tests/Benchmarks -- --filter '*LedgerAppend*'
// Whole:  dotnet run -c Release --project tests/Benchmarks -- load report | load upload [MIB] | load restart [ENTRIES] | load idle | load broker | load snapshot SESSIONS
//         load hj212 [STATIONS [SECONDS]]: so many stations at one frame a second against one agent
//         and, on a data directory that is kept: load fill DATA ENTRIES | load restart-at DATA | load verify DATA | load rebuild DATA | load scrub DATA [MB/S]
//         | load readings DATA ROWS
//         ... load mqtt --port 1883 --connections 50 --window 20 (MqttLoadOptions); load mqtt-idle --port 1883 --connections 20000 --pid PID:
//         scripts/bench-mqtt runs both against ours and others side by side
//         ... load registers: 10,000 officers, 100,000 devices, a file of 10,000, a million objects
//         ... load clocks: a million deadlines; what is due of them, and a calendar that moves them all
//         ... load alerts [REPORTS]: reports about episodes, correlated by the service's clerk on SQLite
//         ... load cases-fill DATA ACTED TOTAL: so many cases with thirty acts each in the ledger, the rest of a total folded into the table of cases;
//         load cases DATA ACTED TOTAL: what the desk's queries and an act take there; load rebuild DATA (only where ACTED is TOTAL)
//         ... load grpc [SECONDS a case] (Debian's python3-grpcio, python3-protobuf)
//         ... load influx (Debian's influxdb)
// The figures of a commit go to docs/benchmarks/ by hand, with what else ran on the machine.
return args switch
{
    ["load", "report"] => await ReportLoad.RunAsync(),
    ["load", "upload"] => await UploadLoad.RunAsync(2048),
    ["load", "upload", var mebibytes] => await UploadLoad.RunAsync(int.Parse(mebibytes, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "restart"] => await RestartLoad.RunAsync(10_000_000),
    ["load", "restart", var entries] => await RestartLoad.RunAsync(ulong.Parse(entries, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "fill", var data, var entries] => await RestartLoad.FillAsync(data, ulong.Parse(entries, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "restart-at", var data] => await RestartLoad.RunAtAsync(data),
    ["load", "verify", var data] => await VerifyLoad.RunAsync(data),
    ["load", "rebuild", var data] => await RebuildLoad.RunAsync(data),
    ["load", "scrub", var data] => await ScrubLoad.RunAsync(data, 8),
    ["load", "scrub", var data, var rate] => await ScrubLoad.RunAsync(data, double.Parse(rate, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "readings", var data, var rows] => await ReadingsLoad.RunAsync(data, long.Parse(rows, System.Globalization.CultureInfo.InvariantCulture), 2_000),
    ["load", "registers"] => await RegisterLoad.RunAsync(),
    ["load", "clocks"] => await ClockLoad.RunAsync(),
    ["load", "cases-fill", var data, var acted, var total] => await CaseFill.RunAsync(
        data, int.Parse(acted, System.Globalization.CultureInfo.InvariantCulture), int.Parse(total, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "alerts"] => await AlertLoad.RunAsync(200_000),
    ["load", "alerts", var reports] => await AlertLoad.RunAsync(int.Parse(reports, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "cases", var data, var acted, var total] => await CaseLoad.RunAsync(
        data, int.Parse(acted, System.Globalization.CultureInfo.InvariantCulture), int.Parse(total, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "influx"] => await InfluxLoad.RunAsync(300_000),
    ["load", "idle"] => await IdleMemory.RunAsync(),
    ["load", "mqtt-idle", .. var options] => await IdleConnections.RunAsync(options),
    ["load", "mqtt", .. var options] => MqttLoad.Run(options),
    ["mqtt-sink", var port] => MqttSink.Run(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "hj212"] => await Hj212Load.RunAsync(2000, 30),
    ["load", "hj212", var stations] => await Hj212Load.RunAsync(int.Parse(stations, System.Globalization.CultureInfo.InvariantCulture), 30),
    ["load", "hj212", var stations, var seconds] => await Hj212Load.RunAsync(
        int.Parse(stations, System.Globalization.CultureInfo.InvariantCulture), int.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "snapshot", var sessions] => await SnapshotLoad.RunAsync(int.Parse(sessions, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "grpc"] => await CallLoad.RunAsync(3),
    ["load", "grpc", var seconds] => await CallLoad.RunAsync(double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture)),
    ["grpc-server", var port] => await BenchServer.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
    ["load", "broker"] => await BrokerLoad.RunAsync(),
    ["echo-server", var port] => await EchoServer.RunAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)),
    _ => BenchmarkSwitcher.FromAssembly(typeof(LedgerAppend_BatchSize).Assembly).Run(args).Any() ? 0 : 1,
};
