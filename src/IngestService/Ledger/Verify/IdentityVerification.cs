using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Append;

namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>Every identity once, conflicts apart; ingest time never backwards; gaps named.</summary>
internal sealed class IdentityVerification : IVerification
{
    private readonly Dictionary<NumberingKey, SequenceMarks> _marks = [];
    private VerificationReport _report = new(TextWriter.Null);
    private long _lastIngest = long.MinValue;

    public void Begin(VerificationReport report) => _report = report;

    public void Entry(VerifiedEntry entry)
    {
        var leaf = entry.Leaf;
        if (leaf.IngestTimeMicros < _lastIngest)
            _report.Difference(entry.File, entry.Offset.Value, entry.Index, "its ingest time is before that of the entry before");
        _lastIngest = Math.Max(_lastIngest, leaf.IngestTimeMicros);

        var key = SegmentIdentityMap.KeyOf(leaf);
        if (leaf.Flags.HasFlag(LeafFlags.Conflict))
        {
            _report.Note($"entry {entry.Index} conflicts with an earlier record of {key}, sequence {leaf.Sequence}");
            return;
        }
        if (!_marks.TryGetValue(key, out var marks))
            _marks.Add(key, marks = new SequenceMarks());
        if (marks.StandingOf(leaf.Sequence) == SequenceStanding.Taken)
            _report.Difference(entry.File, entry.Offset.Value, entry.Index, $"sequence {leaf.Sequence} of {key} is there twice");
        else
            marks.Take(leaf.Sequence);
    }

    public void End(bool complete)
    {
        foreach (var (key, marks) in _marks)
            foreach (var gap in marks.Gaps)
                _report.Note($"{key}: sequences {gap.First} to {gap.Last} never came");
    }
}
