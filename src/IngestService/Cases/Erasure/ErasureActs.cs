using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Cases.Lifecycle;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Erasures;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Erasure;

/// <summary>Lawful deletion: request, approve, withdraw.</summary>
internal sealed class ErasureActs(
    ActState state, IErasureQueries erasures, ILedgerReader ledger, IFactAppender appender, ErasureExecution execution)
{
    // An approver must be able to look at what goes, and the request must fit one entry.
    private const int MaxItems = 10_000;
    private const ulong MaxRangeEntries = 10_000;

    public async Task<ActResult> RequestAsync(RequestErasureRequest act, CancellationToken cancellation)
    {
        if ((ActRules.Actor(act.Actor) ?? ActRules.Reason(act.Reason) ?? ActRules.Reason(act.Article) ?? Ranges(act)) is { } incomplete)
            return ActResult.Refused(incomplete);
        while (true)
        {
            await state.CatchUpAsync(cancellation);
            ulong size = ledger.DurableSize;
            (ErasureScan? scan, RefusalDetail? refusal) = await Task.Run(() => Scan(act.Ranges, size), cancellation);
            if (scan is null)
                return ActResult.Refused(refusal!); // exactly one of the two is set
            Record fact = RequestOf(act, scan);
            string id = fact.ErasureRequested.ErasureId;
            ActResult result = await ActAppend.RunAsync(appender, Decision.Append(fact), id, 1, cancellation);
            // The number is the size the request saw: another request of the same moment has it, and with it the ledger has grown.
            if (result.Refusal?.Code != RefusalCode.Conflict)
                return result;
        }
    }

    public async Task<ActResult> ApproveAsync(ApproveErasureRequest act, CancellationToken cancellation)
    {
        if ((ActRules.Actor(act.Actor) ?? ActRules.Subject(act.ErasureId)) is { } incomplete)
            return ActResult.Refused(incomplete);
        Seen<ErasureSnapshot> seen = await FindAsync(act.ErasureId, act.ExpectedVersion, cancellation);
        if (seen.Subject is not { } erasure)
            return ActResult.Refused(seen.Refusal!); // exactly one of the two is set
        Decision decision = ErasureDecider.Approve(erasure, act.Actor);
        if (decision.Fact is null || erasure.Approver is not { } first)
            return await ActAppend.RunAsync(appender, decision, act.ErasureId, act.ExpectedVersion + 1, cancellation);

        (ErasureScan? scan, RefusalDetail? refusal) =
            await Task.Run(() => Scan(erasure.Request.Requested, ledger.DurableSize), cancellation);
        return scan is null ? ActResult.Refused(refusal!) : await execution.RunAsync(erasure, first, act.Actor, scan, cancellation);
    }

    public async Task<ActResult> WithdrawAsync(WithdrawErasureRequest act, CancellationToken cancellation)
    {
        if ((ActRules.Actor(act.Actor) ?? ActRules.Subject(act.ErasureId) ?? ActRules.Reason(act.Reason)) is { } incomplete)
            return ActResult.Refused(incomplete);
        Seen<ErasureSnapshot> seen = await FindAsync(act.ErasureId, act.ExpectedVersion, cancellation);
        return seen.Subject is { } erasure
            ? await ActAppend.RunAsync(
                appender, ErasureDecider.Withdraw(erasure, act.Actor, act.Reason.Trim()), act.ErasureId, act.ExpectedVersion + 1, cancellation)
            : ActResult.Refused(seen.Refusal!); // exactly one of the two is set
    }

    private async Task<Seen<ErasureSnapshot>> FindAsync(string erasureId, ulong expectedVersion, CancellationToken cancellation)
    {
        await state.CatchUpAsync(cancellation);
        if (erasures.Snapshot(erasureId) is not { } erasure)
            return new(null, new RefusalDetail(RefusalCode.UnknownSubject, $"no erasure {erasureId}"));
        return erasure.Version == expectedVersion
            ? new(erasure, null)
            : new(null, new RefusalDetail(RefusalCode.Conflict, $"version {expectedVersion} was seen, it is at {erasure.Version} now"));
    }

    private (ErasureScan? Scan, RefusalDetail? Refusal) Scan(IEnumerable<EntryRange> ranges, ulong size)
    {
        ErasureSubjects subjects = new();
        foreach (EntryRange range in ranges)
        {
            if (range.Last >= size)
                return (null, new RefusalDetail(RefusalCode.NoSuchEntry, $"entry {range.Last}: the ledger holds {size}"));
            for (ulong index = range.First; index <= range.Last; index++)
            {
                LedgerEntry entry = ledger.Read(new EntryIndex(index));
                if (ErasureGuards.Of(entry) is { } kept)
                    return (null, kept);
                subjects.Add(entry);
            }
        }

        ErasureScan scan = new(subjects);
        scan.ReadTo(ledger, size);
        if (scan.Hold() is { } hold)
            return (null, new RefusalDetail(RefusalCode.NotPermitted, hold));
        return scan.Items().Count <= MaxItems
            ? (scan, null)
            : (null, new RefusalDetail(RefusalCode.NotPermitted, $"{scan.Items().Count} entries would go, at most {MaxItems} go at once: ask in parts"));
    }

    private static Record RequestOf(RequestErasureRequest act, ErasureScan scan)
    {
        ErasureRequested requested = new()
        {
            ErasureId = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"E-{scan.Size}"),
            Reason = act.Reason.Trim(),
            Article = act.Article.Trim(),
            Actor = act.Actor,
            SeenSize = scan.Size,
        };
        requested.Requested.AddRange(act.Ranges);
        requested.Items.AddRange(scan.Items());
        requested.Remaining.AddRange(scan.Remaining);
        return new Record
        {
            Preconditions = { new StreamPrecondition { Stream = ErasureStream.Of(requested.ErasureId) } },
            Sensitivity = Sensitivity.Internal,
            ErasureRequested = requested,
        };
    }

    private static RefusalDetail? Ranges(RequestErasureRequest act)
    {
        if (act.Ranges.Count == 0)
            return new RefusalDetail(RefusalCode.IncompleteAct, "the act lacks the entries it asks to erase");
        ulong sum = 0;
        foreach (EntryRange range in act.Ranges)
        {
            if (range.Last < range.First || range.Last - range.First >= MaxRangeEntries || (sum += range.Last - range.First + 1) > MaxRangeEntries)
                return new RefusalDetail(RefusalCode.IncompleteAct, $"a request names 1 to {MaxRangeEntries} entries");
        }

        return null;
    }
}
