using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Detection;

/// What the station's disk holds about an alert a rule decided: its reports, the rule set it names, the batches it quotes. It changes
/// nothing and needs no agent; P2 batches that the ledger proved to have are gone from here.
internal sealed class AlertArchive(IFileSystem files, AgentPaths paths)
{
    /// Every report of the episodes whose id begins so, oldest first.
    public IReadOnlyList<OpenedEnvelope> Reports(string episode) =>
        [.. P0().Where(o => o.Record is { FieldAlert: { Basis: not null } alert } && alert.EpisodeId.StartsWith(episode, StringComparison.OrdinalIgnoreCase))];

    /// Null: no rule set of this hash was in force here.
    public RuleSet? RulesOf(AlertBasis basis)
    {
        foreach (var opened in P0())
            if (opened.Record is { RuleSetActivated: { } set } && set.Sha256.Equals(basis.RuleSetSha256))
                return RuleSetParser.TryParse(set.Content.Span, out _);
        return null;
    }

    /// Null: it is not here any more.
    public Record? Batch(RecordIdentity identity)
    {
        var directory = paths.ClassDirectory(identity.Epoch, identity.RecordClass);
        if (files.EnumerateFiles(directory).Count == 0)
            return null;
        using var reader = SegmentReader.OpenReadOnly(files, directory);
        var index = new RecordIndex(identity.Sequence - 1);
        if (identity.Sequence == 0 || index.Value < reader.FirstIndex.Value || index.Value >= reader.DurableEnd.Value)
            return null;
        return EnvelopeReader.TryRead(reader.Read(index).Body, out var opened) ? opened.Record : null;
    }

    private IEnumerable<OpenedEnvelope> P0()
    {
        foreach (var epoch in paths.Epochs(files))
        {
            var directory = paths.ClassDirectory(epoch, RecordClass.P0);
            if (files.EnumerateFiles(directory).Count == 0)
                continue;
            using var reader = SegmentReader.OpenReadOnly(files, directory);
            foreach (var record in reader.ReadFrom(reader.FirstIndex))
                if (SpoolHead.Parse(record.Head.Span).Type is (ushort)Record.BodyOneofCase.FieldAlert or (ushort)Record.BodyOneofCase.RuleSetActivated
                    && record.BodyState == BodyState.Intact && EnvelopeReader.TryRead(record.Body, out var opened))
                    yield return opened;
        }
    }
}
