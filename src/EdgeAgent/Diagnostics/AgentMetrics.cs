using System.Diagnostics.Metrics;

namespace EdgeEnforcement.EdgeAgent.Diagnostics;

internal sealed class AgentMetrics
{
    public const string MeterName = "EdgeEnforcement.EdgeAgent";

    private readonly Counter<long> _filesTaken;
    private readonly Counter<long> _bytesTaken;
    private readonly Counter<long> _receipts;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _proofs;
    private readonly Counter<long> _chunks;
    private readonly Counter<long> _reconnects;
    private readonly Counter<long> _notTaken;
    private readonly Counter<long> _shed;

    public AgentMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _filesTaken = meter.CreateCounter<long>("edge_agent.files_taken", "{file}", "Files brought into station custody");
        _bytesTaken = meter.CreateCounter<long>("edge_agent.bytes_taken", "By", "Bytes brought into station custody");
        _receipts = meter.CreateCounter<long>("edge_agent.receipts", "{record}", "Receipts checked and stored, by code");
        _refusals = meter.CreateCounter<long>("edge_agent.refusals", "{record}", "Refusals by name");
        _proofs = meter.CreateCounter<long>("edge_agent.proofs", "{proof}", "Inclusion proofs checked and stored");
        _chunks = meter.CreateCounter<long>("edge_agent.chunks_durable", "{chunk}", "Media chunks the centre has flushed");
        _reconnects = meter.CreateCounter<long>("edge_agent.reconnects", "{connection}", "Connections begun");
        _notTaken = meter.CreateCounter<long>("edge_agent.records_not_taken", "{record}", "Records refused to their sources for want of space, by class");
        _shed = meter.CreateCounter<long>("edge_agent.records_shed", "{record}", "P2 records given up under a gap certificate");
    }

    public void FileTaken(ulong bytes)
    {
        _filesTaken.Add(1);
        _bytesTaken.Add((long)bytes);
    }

    public void Receipt(string code) => _receipts.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Refusal(string name) => _refusals.Add(1, new KeyValuePair<string, object?>("name", name));

    public void Proved(int count) => _proofs.Add(count);

    public void ChunksDurable(int count) => _chunks.Add(count);

    public void RecordNotTaken(string recordClass) => _notTaken.Add(1, new KeyValuePair<string, object?>("class", recordClass));

    public void RecordsShed(ulong count) => _shed.Add((long)count);

    public void Connecting() => _reconnects.Add(1);
}
