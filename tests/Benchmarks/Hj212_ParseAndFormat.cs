using BenchmarkDotNet.Attributes;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Sources.Framing;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Readings;
using EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

namespace EdgeEnforcement.Benchmarks;

/// <summary>What does an HJ 212 frame of three factors (337 B, hourly) cost to find, to read, to make readings of, and to write? MB/s = 337 B / time.</summary>
[InProcess]
[WarmupCount(2)]
[IterationCount(5)]
[MemoryDiagnoser]
public class Hj212_ParseAndFormat
{
    private const string Data =
        "QN=20160801090000001;ST=32;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20160801080000;w00000-Cou=63.0,w00000-Min=16.4,"
        + "w00000-Avg=17.5,w00000-Max=20.1,w00000-Flag=N;w01001-Min=7.1,w01001-Avg=7.5,w01001-Max=7.8,w01001-Flag=N;w01018-Cou=63.0,w01018-Min=40.1,"
        + "w01018-Avg=40.1,w01018-Max=40.1,w01018-Flag=N&&";

    private readonly Hj212FrameParser _parser = new(1024);
    private byte[] _frame = [];
    private Hj212Message _message = null!; // Prepare

    [GlobalSetup]
    public void Prepare()
    {
        _frame = Hj212Formatter.Format(Data);
        _message = Message();
    }

    [Benchmark(Baseline = true, Description = "find the frame, check its CRC")]
    public int Scan() => _parser.Scan(_frame, isFinal: false) is { Status: FrameStatus.Frame } scan && scan.Consumed == _frame.Length
        ? scan.Consumed : throw new InvalidOperationException("not the frame that was written");

    [Benchmark(Description = "and read its message")]
    public int Parse() => Scan() + Message().Items.Count;

    [Benchmark(Description = "and make its readings")]
    public int Read()
    {
        Scan();
        var readings = new List<Reading>(3);
        ReadingMapper.Add(Message(), null, isRecalled: false, readings, new List<string>());
        return readings.Count == 3 ? 3 : throw new InvalidOperationException("not the readings that were written");
    }

    [Benchmark(Description = "write a message")]
    public int Format() => Hj212Formatter.Format(_message).Length;

    private Hj212Message Message() => Hj212Parser.TryParse(_frame, out var message, out var fault) ? message : throw new InvalidOperationException(fault);
}
