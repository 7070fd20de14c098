using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace EdgeEnforcement.IngestService.Clerk.State;

/// <summary>
/// Which rule sets came into force, and which reports of the front end still wait for something to be decided again. What is awaited is in
/// memory too: every entry of the ledger passes by, and most concern nobody here.
/// </summary>
/// <remarks>The last word on a report wipes out the waiting one in whichever order they are folded (<see cref="ClerkState"/>).</remarks>
internal sealed class RecomputationTables : IDisposable
{
    private readonly StatementSet _statements;
    private readonly SqliteStatement _addRuleSet;
    private readonly SqliteStatement _activation;
    private readonly SqliteStatement _wait;
    private readonly SqliteStatement _await;
    private readonly SqliteStatement _end;
    private readonly SqliteStatement _endAwaited;
    private readonly SqliteStatement _ofRecord;
    private readonly SqliteStatement _ofRuleSet;
    private readonly SqliteStatement _isAwaited;
    private readonly SqliteStatement _awaitedBy;
    private readonly HashSet<(string Producer, uint Epoch, byte Class, ulong Sequence)> _awaited;

    public RecomputationTables(SqliteConnection writer)
    {
        _statements = new StatementSet(writer);
        _addRuleSet = _statements.Prepare("INSERT INTO rule_set VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING");
        _activation = _statements.Prepare("""
            SELECT entry FROM rule_set WHERE sha256 = $1 AND producer = $2 AND (epoch < $3 OR (epoch = $3 AND sequence < $4))
            ORDER BY epoch DESC, sequence DESC LIMIT 1
            """);
        _wait = _statements.Prepare("INSERT INTO recomputation VALUES ($1, 0, $2, $3) ON CONFLICT DO NOTHING");
        _await = _statements.Prepare("INSERT INTO awaited VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING");
        _end = _statements.Prepare("""
            INSERT INTO recomputation VALUES ($1, 1, '', x'') ON CONFLICT (report) DO UPDATE SET is_final = 1, producer = '', rule_set = x''
            """);
        _endAwaited = _statements.Prepare("DELETE FROM awaited WHERE report = $1");
        _ofRecord = _statements.Prepare("""
            SELECT report FROM awaited WHERE producer = $1 AND epoch = $2 AND class = $3 AND sequence = $4 ORDER BY report
            """);
        _ofRuleSet = _statements.Prepare("""
            SELECT report FROM recomputation WHERE rule_set = $1 AND producer = $2 AND is_final = 0 AND rule_set <> x'' ORDER BY report
            """);
        _isAwaited = _statements.Prepare("SELECT 1 FROM awaited WHERE producer = $1 AND epoch = $2 AND class = $3 AND sequence = $4");
        _awaitedBy = _statements.Prepare("SELECT producer, epoch, class, sequence FROM awaited WHERE report = $1");
        _awaited = [.. _statements.Prepare("SELECT producer, epoch, class, sequence FROM awaited").Query(ToKey)];
    }

    public void Activated(ulong entry, RecordIdentity identity, RuleSetActivated activated) =>
        _addRuleSet.Run(entry, identity.Producer, identity.Epoch, identity.Sequence, activated.Sha256.Memory);

    /// <summary>The newest entry that says this set came into force at the report's producer before the report; by their numbers, not by their arrival.</summary>
    public ulong? Activation(RecordIdentity report, ReadOnlyMemory<byte> sha256) =>
        (ulong?)_activation.Number(sha256, report.Producer, report.Epoch, report.Sequence);

    public void Fold(AlertRecomputed fact)
    {
        if (fact.Outcome != RecomputeOutcome.Waiting)
        {
            End(fact.ReportIndex);
            return;
        }

        bool awaitsRules = fact.Obstacles.Contains(RecomputeObstacle.RuleSetMissing);
        if (_wait.Run(fact.ReportIndex, fact.Report?.Producer ?? "", awaitsRules ? fact.RuleSetSha256.Memory : ReadOnlyMemory<byte>.Empty) == 0)
            return; // the last word is known
        foreach (RecordIdentity identity in fact.Missing)
        {
            _await.Run(identity.Producer, identity.Epoch, (long)identity.RecordClass, identity.Sequence, fact.ReportIndex);
            _awaited.Add((identity.Producer, identity.Epoch, (byte)identity.RecordClass, identity.Sequence));
        }
    }

    public bool IsAwaited(Leaf leaf) =>
        _awaited.Count > 0 && (leaf.Flags & LeafFlags.Conflict) == 0 && _awaited.Contains((leaf.Producer, leaf.Epoch, leaf.Class, leaf.Sequence));

    public IReadOnlyList<ulong> WaitingForRecord(Leaf leaf) =>
        _ofRecord.Query(row => row.UInt64(0), leaf.Producer, leaf.Epoch, (long)leaf.Class, leaf.Sequence);

    public IReadOnlyList<ulong> WaitingForRuleSet(string producer, ReadOnlyMemory<byte> sha256) =>
        _ofRuleSet.Query(row => row.UInt64(0), sha256, producer);

    public void Dispose() => _statements.Dispose();

    private void End(ulong report)
    {
        List<(string Producer, uint Epoch, byte Class, ulong Sequence)> awaited = _awaitedBy.Query(ToKey, report);
        _end.Run(report);
        _endAwaited.Run(report);
        foreach ((string Producer, uint Epoch, byte Class, ulong Sequence) key in awaited)
        {
            if (!_isAwaited.Exists(key.Producer, key.Epoch, (long)key.Class, key.Sequence))
                _awaited.Remove(key);
        }
    }

    private static (string Producer, uint Epoch, byte Class, ulong Sequence) ToKey(SqliteDataReader row) =>
        (row.GetString(0), row.UInt32(1), (byte)row.GetInt64(2), row.UInt64(3));
}
