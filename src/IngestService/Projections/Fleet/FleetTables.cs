using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Projections.Fleet;

internal sealed class FleetTables : IProjectionTables
{
    private readonly ProducerTable _producers;
    private readonly BayTable _bays;
    private readonly SequenceTable _sequences;
    private readonly PresenceTable _presence;
    private readonly ConfigurationReportTable _configurations;
    private readonly ProducerKeys _keys;

    // Counted over the batch and written once per producer: a batch of 5,000 readings of one agent is one UPDATE.
    private readonly Dictionary<string, ProducerActivity> _activity = [];

    public FleetTables(SqliteConnection writer, ProducerKeys keys)
    {
        _producers = new ProducerTable(writer);
        _bays = new BayTable(writer);
        _sequences = new SequenceTable(writer);
        _presence = new PresenceTable(writer);
        _configurations = new ConfigurationReportTable(writer);
        _keys = keys;
        keys.Fill(_producers.ReadKeys());
    }

    public void Apply(ProjectedEntry entry)
    {
        if (entry.Record?.ProducerRegistered is { } registered)
            Register(registered, entry.Index);
        if (entry.Leaf.Origin == LeafOrigin.Door && entry.Record?.DevicePresence is { } presence)
            _presence.Apply(entry, presence);
        if (entry.Leaf.Origin != LeafOrigin.Producer)
            return;

        string producer = entry.Leaf.Producer;
        bool conflict = (entry.Leaf.Flags & LeafFlags.Conflict) != 0;
        Count(producer, entry, conflict);
        if (conflict)
            return; // the identity was counted with its first bytes

        _sequences.Seen(new SequenceKey(producer, entry.Leaf.Epoch, (RecordClass)entry.Leaf.Class), entry.Leaf.Sequence);
        Fold(producer, entry);
    }

    public void EndBatch()
    {
        foreach ((string producer, ProducerActivity activity) in _activity)
            _producers.Add(producer, activity);
        _activity.Clear();
        _sequences.Flush();
    }

    public void Dispose()
    {
        _producers.Dispose();
        _bays.Dispose();
        _sequences.Dispose();
        _presence.Dispose();
        _configurations.Dispose();
    }

    // The key is known to the door before this batch commits: its entry is durable, and a replay sets the same.
    private void Register(ProducerRegistered registered, ulong index)
    {
        if (_producers.Register(registered, index))
            _keys.Set(new ProducerKey(registered.Producer, registered.KeyId, registered.PublicKey.ToByteArray(), index));
    }

    private void Count(string producer, ProjectedEntry entry, bool conflict)
    {
        if (!_activity.TryGetValue(producer, out ProducerActivity? activity))
            _activity[producer] = activity = new ProducerActivity();
        activity.LastSeen = entry.IngestMicros;
        activity.Epoch = Math.Max(activity.Epoch, entry.Leaf.Epoch);
        activity.Records += conflict ? 0 : 1;
        activity.Conflicts += conflict ? 1 : 0;
    }

    private void Fold(string producer, ProjectedEntry entry)
    {
        switch (entry.Record)
        {
            case { AgentStatus: { } status } record:
                long? agentTime = SqliteColumns.ToMicros(record.Time?.AgentTime);
                if (_producers.TakeStatus(producer, status, agentTime ?? entry.IngestMicros))
                    _bays.Replace(producer, status.Bays);
                break;

            case { EpochStart: { } start }:
                foreach (SequenceMark mark in start.LastMarks)
                    _sequences.GivenOut(new SequenceKey(producer, start.PreviousEpoch, mark.RecordClass), mark.LastSequence);
                break;

            case { AgentConfigurationReport: { } report } record:
                _configurations.Add(entry, report, record.Time?.AgentTime);
                break;

            case { GapCertificate: { } certificate }:
                _sequences.Explained(producer, entry.Index, certificate);
                break;
        }
    }
}
