using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.CaseBoard;
using EdgeEnforcement.IngestService.Projections.Runtime;

namespace EdgeEnforcement.IngestService.Cases.Erasure;

/// <summary>
/// Everything that goes with the requested entries, found by reading the ledger once from entry 0. Pure: the same entries give the same
/// answer, so that what was shown with the request can be compared with what is true at the second approval.
/// </summary>
/// <remarks>
/// With a manifest go: the service's facts about it (stored, quarantined, attached, detached, checked), labels that name its digest,
/// custody events that name its digest or, in the same stay of its recorder, its path. With a report of an alert go all reports and all
/// facts of that alert. With any record go conflict entries of its identity. An entry about something else that only names a digest (the
/// next manifest of the chain, an alert that quotes the file) stays and is listed: it is evidence of its own.
/// </remarks>
internal sealed class ErasureScan(ErasureSubjects subjects)
{
    private readonly SortedDictionary<ulong, ErasureItem> _items = [];
    private readonly SortedDictionary<ulong, (string Stream, ulong Count)[]> _advances = [];
    private readonly SortedSet<ulong> _remaining = [];
    private readonly HashSet<(string Case, ulong Manifest)> _attached = [];
    private readonly Dictionary<string, string> _leads = new(StringComparer.Ordinal);
    private readonly ObjectHolds _objects = new();
    private readonly RecordingHolds _recordings = new();
    private readonly Dictionary<(string Producer, string Recorder), ulong> _stays = [];
    private readonly HashSet<(string Producer, string Recorder, ulong Stay)> _staysOfManifests = [];
    private readonly List<(ulong Index, (string, string, ulong) Stay)> _custodyByPath = [];

    /// <summary>Entries below were taken.</summary>
    public ulong Size { get; private set; }

    public IReadOnlyCollection<ulong> Manifests => subjects.Manifests;

    public IReadOnlyCollection<ulong> Remaining => _remaining;

    public void ReadTo(ILedgerReader ledger, ulong size)
    {
        while (Size < size)
        {
            foreach (LedgerEntry entry in ledger.ReadFrom(new EntryIndex(Size), (int)Math.Min(size - Size, 4_096)))
            {
                Take(entry);
                Size = entry.Index.Value + 1;
            }
        }
    }

    public IReadOnlyList<ErasureItem> Items()
    {
        foreach ((ulong index, (string, string, ulong) stay) in _custodyByPath)
        {
            if (_staysOfManifests.Contains(stay))
                _items.TryAdd(index, Item(index, Record.CustodyEventFieldNumber, ErasureWhy.Custody));
        }

        return [.. _items.Values];
    }

    /// <summary>Legal hold: null when nothing stands in the way.</summary>
    public string? Hold()
    {
        foreach ((string caseId, ulong manifest) in _attached.Order())
            return $"legal hold: file {manifest} is evidence in case {caseId}, which is open; it is detached there first";
        if (_recordings.Hold() is { } inspected)
            return inspected;
        foreach ((string alertId, string number) in _leads.OrderBy(lead => lead.Key, StringComparer.Ordinal))
            return $"legal hold: alert {alertId} is lead {number}";
        return _objects.Hold(subjects.Manifests);
    }

    public IEnumerable<StreamAdvance> Advances() => _advances.Values.SelectMany(advances => advances)
        .GroupBy(advance => advance.Stream, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => new StreamAdvance { Stream = group.Key, Count = group.Aggregate(0UL, (sum, advance) => sum + advance.Count) });

    private void Take(LedgerEntry entry)
    {
        if (entry.IsErased)
            return;
        ulong index = entry.Index.Value;
        if (subjects.IsRequested(index))
            Go(entry, ErasureWhy.Requested);
        else if (entry.Leaf.Flags.HasFlag(LeafFlags.Conflict) && subjects.HasIdentity(entry))
            Go(entry, ErasureWhy.SameIdentity);

        ProjectedEntry opened = EntryDecoder.Decode(entry, Wants);
        if (opened.Record is not { } record)
            return;
        if (record.CustodyEvent is { } custody)
            TakeCustody(entry, custody);
        else if (WhyOf(index, record) is { } why)
        {
            Go(entry, why);
            Advance(index, record);
        }
        TakeHolds(index, record);
        TakeManifest(entry, record);
    }

    private static bool Wants(Record.BodyOneofCase type) => type is Record.BodyOneofCase.FieldAlert or Record.BodyOneofCase.MediaManifest
        or Record.BodyOneofCase.MediaLabel or Record.BodyOneofCase.CustodyEvent or Record.BodyOneofCase.MediaStored
        or Record.BodyOneofCase.MediaQuarantined or (>= Record.BodyOneofCase.AlertOpened and <= Record.BodyOneofCase.EvidenceChecked)
        or Record.BodyOneofCase.ObjectRegisterChanged or Record.BodyOneofCase.AlertRecomputed
        or Record.BodyOneofCase.AlertOverdue or Record.BodyOneofCase.AlertSampled
        or Record.BodyOneofCase.InspectionActed;

    private ErasureWhy? WhyOf(ulong index, Record record) => record switch
    {
        { MediaStored: { } stored } => Fact(stored.ManifestIndex),
        { MediaQuarantined: { } quarantined } => Fact(quarantined.ManifestIndex),
        { MediaAttached: { } attached } => Fact(attached.ManifestIndex),
        { MediaDetached: { } detached } => Fact(detached.ManifestIndex),
        { EvidenceChecked: { } check } => Fact(check.ManifestIndex),
        { MediaLabel: { } label } when subjects.HasManifest(label.ManifestSha256) => ErasureWhy.Label,
        { FieldAlert: { } alert } => Alert(alert.EpisodeId),
        { AlertOpened: { } alert } => Alert(alert.AlertId),
        { AlertUpdated: { } alert } => Alert(alert.AlertId),
        { AlertAcknowledged: { } alert } => Alert(alert.AlertId),
        { AlertClosed: { } alert } => Alert(alert.AlertId),
        { AlertReopened: { } alert } => Alert(alert.AlertId),
        { ObjectRegisterChanged: not null } when subjects.IsRequested(index) => ErasureWhy.Requested,
        { AlertRecomputed: { } alert } => Alert(alert.AlertId),
        { AlertOverdue: { } alert } => Alert(alert.AlertId),
        { AlertSampled: { } alert } => Alert(alert.AlertId),
        _ => null,
    };

    private ErasureWhy? Fact(ulong manifestIndex) => subjects.IsManifest(manifestIndex) ? ErasureWhy.Fact : null;

    private ErasureWhy? Alert(string alertId) => subjects.HasAlert(alertId) ? ErasureWhy.SameAlert : null;

    private void TakeCustody(LedgerEntry entry, CustodyEvent custody)
    {
        (string Producer, string Recorder) recorder = (entry.Leaf.Producer, custody.Recorder);
        if (custody.Kind == CustodyEventKind.RecorderInserted)
            _stays[recorder] = entry.Index.Value;
        if (subjects.HasManifest(custody.ManifestSha256))
            Go(entry, ErasureWhy.Custody);
        else if (subjects.HasPath(entry.Leaf.Producer, custody))
            _custodyByPath.Add((entry.Index.Value, StayOf(recorder)));
    }

    private void TakeManifest(LedgerEntry entry, Record record)
    {
        if (record.MediaManifest is { } manifest)
        {
            if (subjects.IsManifest(entry.Index.Value))
                _staysOfManifests.Add(StayOf((entry.Leaf.Producer, manifest.Recorder)));
            else if (subjects.HasManifest(manifest.PreviousManifestSha256))
                _remaining.Add(entry.Index.Value);
        }
        else if (record.FieldAlert is { } alert && !subjects.HasAlert(alert.EpisodeId) && alert.MediaManifestSha256.Any(subjects.HasManifest))
        {
            _remaining.Add(entry.Index.Value);
        }
    }

    private void TakeHolds(ulong index, Record record)
    {
        if (record.MediaAttached is { } attached && subjects.IsManifest(attached.ManifestIndex))
            _attached.Add((attached.CaseId, attached.ManifestIndex));
        else if (record.MediaDetached is { } detached)
            _attached.Remove((detached.CaseId, detached.ManifestIndex));
        else if (record.InspectionActed is { Act.Recording: { } recording } acted && subjects.IsManifest(recording.ManifestIndex))
            _recordings.Take(acted, recording);
        else if (record.LeadRegistered is { } lead && subjects.HasAlert(lead.AlertId))
            _leads[lead.AlertId] = lead.Number;
        else if (record.ObjectRegisterChanged is { } changed)
            _objects.Take(changed, subjects.IsRequested(index));
    }

    private (string, string, ulong) StayOf((string Producer, string Recorder) recorder) =>
        (recorder.Producer, recorder.Recorder, _stays.GetValueOrDefault(recorder));

    private void Go(LedgerEntry entry, ErasureWhy why) => _items.TryAdd(entry.Index.Value, Item(entry.Index.Value, entry.Leaf.Type, why));

    // Streams of a case live on; an alert's stream is named by a digest of the alert and goes with it.
    private void Advance(ulong index, Record record)
    {
        (string, ulong)[] advances = [.. record.Preconditions.Where(condition => CaseStream.IsCase(condition.Stream)).Select(condition => (condition.Stream, 1UL))];
        if (advances.Length > 0)
            _advances.TryAdd(index, advances);
    }

    private static ErasureItem Item(ulong index, int type, ErasureWhy why) =>
        new() { EntryIndex = index, RecordType = (uint)type, Why = why };
}
