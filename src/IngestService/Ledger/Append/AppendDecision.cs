using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger.Erasure;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Ledger.Append;

/// <summary>
/// Decides what becomes of each item of one group, in order, against the state and what the group already holds. Runs on the
/// sequencer's thread with the state's lock held.
/// </summary>
internal sealed class AppendDecision(SequencerState state, SegmentIdentities identities)
{
    private readonly List<StagedEntry> _entries = [];
    private readonly List<IndexRange> _ordered = []; // by deletion leaves of this group: obeyed by what is decided behind them
    private ulong _base;

    /// <summary>Null: there always is room.</summary>
    public ILedgerRoom? Room { get; set; }

    /// <summary>What has to be written, index by index.</summary>
    public IReadOnlyList<StagedEntry> Entries => _entries;

    public void Begin(ulong nextIndex)
    {
        _entries.Clear();
        _ordered.Clear();
        _base = nextIndex;
    }

    public void Decide(AppendItem item)
    {
        if (item.IsMessage)
            DecideMessage(item);
        else if (item.Request is null)
            DecideDraft(item);
        else
            DecideRequest(item, item.Request);
    }

    /// It is numbered here and nowhere else: it cannot be known, in conflict or out of order.
    private void DecideMessage(AppendItem item)
    {
        if (Room?.WhyNot(RecordClass.P2) is { } full)
        {
            item.Refusal = full;
            return;
        }
        var message = item.Message;
        var sequence = state.NumberingOf_NeedsLock(FactEnvelope.Messages).Marks.High + 1;
        MessageDraft.WriteSequence(message.Envelope.AsSpan(message.SequenceOffset, MessageDraft.SequenceBytes), sequence);
        Take(item, item.Request = FactEnvelope.ToRequest(message, sequence));
    }

    private void DecideDraft(AppendItem item)
    {
        var draft = item.Draft ?? throw new InvalidOperationException("An item carries a request or a draft.");
        if ((Precondition(draft.Preconditions) ?? Unseen(item.SeenSize) ?? Subject(draft)) is { } refusal)
        {
            item.Refusal = refusal;
            return;
        }
        var key = FactEnvelope.NumberingOf(item.DraftOrigin);
        var next = state.NumberingOf_NeedsLock(key).Marks.High + 1;
        item.Request = FactEnvelope.ToRequest(item.DraftOrigin, draft, key, next);
        Take(item, item.Request);
        if (item.DraftOrigin == LeafOrigin.Operator && draft.Erased is { } erased)
            _ordered.AddRange(IndexRange.Of(erased.Ranges));
    }

    private RefusalDetail? Unseen(ulong? seenSize) => seenSize is { } seen && state.ContentEnd > seen
        ? new RefusalDetail(RefusalCode.Busy, $"decided on {seen} entries, and entry {state.ContentEnd - 1} came since") : null;

    /// A fact about an erased file would bring its digest back: one that was on its way when the deletion leaf came in.
    private RefusalDetail? Subject(Record draft)
    {
        ulong? subject = draft switch
        {
            { MediaStored: { } stored } => stored.ManifestIndex,
            { MediaQuarantined: { } quarantined } => quarantined.ManifestIndex,
            { MediaAttached: { } attached } => attached.ManifestIndex,
            { MediaDetached: { } detached } => detached.ManifestIndex,
            { EvidenceChecked: { } check } => check.ManifestIndex,
            { InspectionActed.Act: { Kind: InspectionActKind.LinkRecording } act } => act.Recording.ManifestIndex,
            _ => null,
        };
        return subject is { } index && IsErased(index) ? new RefusalDetail(RefusalCode.Erased, $"entry {index} was lawfully deleted") : null;
    }

    private bool IsErased(ulong index) => state.Erased.Covers(index) || _ordered.Exists(range => range.Contains(index));

    private void DecideRequest(AppendItem item, AppendRequest request)
    {
        var identity = request.Identity;
        var key = new NumberingKey(identity.Producer, identity.Epoch, identity.RecordClass);
        var numbering = state.FindNumbering_NeedsLock(key);
        var standing = numbering?.Marks.StandingOf(identity.Sequence) ?? SequenceStanding.New;
        var highestEpoch = state.EpochOf_NeedsLock(identity.Producer);

        if (standing == SequenceStanding.Taken)
            DecideKnown(item, request, key, PlaceOf(numbering!, identity.Sequence)); // Taken says there is a numbering.
        else if (identity.Epoch < highestEpoch)
            item.Refusal = new RefusalDetail(RefusalCode.StaleEpoch, $"epoch {identity.Epoch} is below {highestEpoch}");
        else if (request.Origin == LeafOrigin.Producer && Room?.WhyNot(identity.RecordClass) is { } full)
            item.Refusal = full;
        else if (standing == SequenceStanding.OneGapTooMany)
            item.Refusal = new RefusalDetail(RefusalCode.TooManyGaps,
                $"{SequenceMarks.MaximumGaps} gap ranges are open in {key}; sequence {identity.Sequence} would open another");
        else if (Precondition(request.Preconditions) is { } refusal)
            item.Refusal = refusal;
        else
            Take(item, request);
    }

    private ulong PlaceOf(Numbering numbering, ulong sequence) =>
        numbering.Open.TryGetValue(sequence, out var index) ? index
        : identities.Find(numbering.Key, sequence)
        ?? throw new LedgerFatalException($"Sequence {sequence} of {numbering.Key} was taken, but no entry carries it.");

    private RefusalDetail? Precondition(IReadOnlyList<StreamPrecondition> preconditions)
    {
        foreach (var precondition in preconditions)
        {
            var version = state.VersionOf_NeedsLock(precondition.Stream);
            if (!precondition.AnyVersion && precondition.ExpectedVersion != version)
                return new RefusalDetail(RefusalCode.Conflict,
                    $"{precondition.Stream} is at version {version}, not {precondition.ExpectedVersion}");
        }
        return null;
    }

    private void Take(AppendItem item, AppendRequest request)
    {
        var identity = request.Identity;
        var numbering = state.NumberingOf_NeedsLock(new NumberingKey(identity.Producer, identity.Epoch, identity.RecordClass));
        var entry = Add(request, request.Flags);
        state.ApplyIdentity_NeedsLock(numbering, identity.Sequence, entry.Index);
        state.ApplyPreconditions_NeedsLock(request.Preconditions);
        item.Staged = entry;
        item.Code = request.Flags.HasFlag(LeafFlags.Quarantined) ? ReceiptCode.Quarantined : ReceiptCode.Appended;
    }

    private StagedEntry Add(AppendRequest request, LeafFlags flags)
    {
        var entry = new StagedEntry(_base + (ulong)_entries.Count, request, flags);
        _entries.Add(entry);
        if (request.Type is not (Record.AgentStatusFieldNumber or Record.ReadingBatchFieldNumber or Record.DeviceMessageFieldNumber or Record.DevicePresenceFieldNumber))
            state.ContentEnd = entry.Index + 1;
        return entry;
    }

    private void DecideKnown(AppendItem item, AppendRequest request, NumberingKey key, ulong original)
    {
        item.Code = ReceiptCode.Duplicate;
        if (original >= _base)
        {
            item.Staged = _entries[(int)(original - _base)];
            if (item.Staged.Request.PayloadFingerprint != request.PayloadFingerprint)
                DecideConflict(item, request, key, original);
            return;
        }

        item.Known = identities.Read(original);
        if (IsErased(original))
        {
            // By identity alone: nothing is left to compare, and the salt may not leave any more.
            item.Known = item.Known with { Salt = default, Envelope = default, IsErased = true };
            item.Code = ReceiptCode.Erased;
        }
        else if (PayloadFingerprint.Of(item.Known.Envelope) != request.PayloadFingerprint)
            DecideConflict(item, request, key, original);
    }

    /// Same identity, other bytes: kept in full with a flag, once per content. It takes no number and advances no stream.
    private void DecideConflict(AppendItem item, AppendRequest request, NumberingKey key, ulong original)
    {
        (item.Staged, item.Known, item.Code) = (null, null, ReceiptCode.Conflict);
        var conflict = new ConflictKey(key, request.Identity.Sequence, request.PayloadFingerprint);
        if (state.ConflictEntry_NeedsLock(conflict) is { } index)
        {
            if (index >= _base)
                item.Staged = _entries[(int)(index - _base)];
            else
                item.Known = identities.Read(index);
            return;
        }

        item.Staged = Add(request, request.Flags | LeafFlags.Conflict);
        state.ApplyConflict_NeedsLock(conflict, item.Staged.Index);
        DecideDraft(new AppendItem(LeafOrigin.Ledger, new Record
        {
            IdentityConflict = new IdentityConflict
            {
                OriginalIndex = original, ConflictIndex = item.Staged.Index, Producer = key.Producer,
            },
        }));
    }
}
