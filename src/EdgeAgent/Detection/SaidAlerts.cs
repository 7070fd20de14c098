using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.EdgeAgent.Detection;

/// What this station has said already, out of its own P0 log: the journal that outlives any state.
internal static class SaidAlerts
{
    /// The outbox without what was appended before the last end: a crash may lie between any two of its records. The same report, byte
    /// for byte, is there once.
    public static List<Record> Unsaid(AgentSpool spool, SavedDetection saved)
    {
        if (saved.Outbox.Count == 0)
            return [];
        var unsaid = saved.Outbox.ToList();
        foreach (var (_, record) in Read(spool, saved.MarkEpoch, saved.MarkSequence))
        {
            var at = unsaid.FindIndex(u => IsSame(u, record));
            if (at >= 0)
                unsaid.RemoveAt(at);
        }
        return unsaid;
    }

    /// Every report of an episode a rule decided, for a station that lost its state and judges everything again.
    public static HashSet<(string Episode, EpisodePhase Phase, uint Count)> All(AgentSpool spool) =>
        [.. Read(spool, 0, 0).Where(r => r.Record.FieldAlert is { Basis: not null }).Select(r => KeyOf(r.Record.FieldAlert))];

    public static (string Episode, EpisodePhase Phase, uint Count) KeyOf(FieldAlert alert) => (alert.EpisodeId, alert.Phase, alert.Count);

    private static bool IsSame(Record wanted, Record said) =>
        wanted.BodyCase == said.BodyCase && wanted.SourceDevice == said.SourceDevice
        && (wanted.FieldAlert?.Equals(said.FieldAlert) ?? wanted.RuleSetActivated.Equals(said.RuleSetActivated));

    private static IEnumerable<(RecordKey Key, Record Record)> Read(AgentSpool spool, uint epoch, ulong sequence)
    {
        foreach (var log in spool.All.Where(s => s.Class == RecordClass.P0 && s.Epoch >= epoch))
            foreach (var (key, envelope) in log.ReadFrom(log.Epoch == epoch ? sequence + 1 : log.FirstSequence, int.MaxValue, long.MaxValue))
                if (EnvelopeReader.TryRead(envelope, out var opened) && opened.Record is { BodyCase: Record.BodyOneofCase.FieldAlert or Record.BodyOneofCase.RuleSetActivated } record)
                    yield return (key, record);
    }
}
