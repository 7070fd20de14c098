using System.Diagnostics.Metrics;
using EdgeEnforcement.EdgeAgent.Diagnostics;

namespace EdgeEnforcement.EdgeAgent.Sources.Hj212;

internal sealed class Hj212Metrics
{
    private readonly Counter<long> _frames;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _doubles;
    private readonly Counter<long> _malformed;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _delayed;
    private readonly UpDownCounter<long> _links;

    public Hj212Metrics(IMeterFactory meters)
    {
        var meter = meters.Create(AgentMetrics.MeterName);
        _frames = meter.CreateCounter<long>("edge_agent.hj212.frames", "{frame}", "Frames read");
        _bytes = meter.CreateCounter<long>("edge_agent.hj212.bytes", "By", "Bytes of frames read");
        _doubles = meter.CreateCounter<long>("edge_agent.hj212.doubles", "{frame}", "Frames that were stored before and only answered again");
        _malformed = meter.CreateCounter<long>("edge_agent.hj212.malformed", "{stretch}", "Stretches of bytes that were no frame, by reason");
        _answers = meter.CreateCounter<long>("edge_agent.hj212.answers", "{frame}", "Answers sent");
        _delayed = meter.CreateCounter<long>("edge_agent.hj212.delayed", "{frame}", "Frames that had to wait for their station's budget");
        _links = meter.CreateUpDownCounter<long>("edge_agent.hj212.links", "{link}", "Links that are open");
    }

    public void Frame(int bytes)
    {
        _frames.Add(1);
        _bytes.Add(bytes);
    }

    public void Double() => _doubles.Add(1);

    public void Malformed(string reason) => _malformed.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Answer() => _answers.Add(1);

    public void Delayed() => _delayed.Add(1);

    public void Link(int by) => _links.Add(by);
}
