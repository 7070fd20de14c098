using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Cases.Deadlines;

/// <summary>
/// Computes running clocks again when a calendar comes or changes, or other rules are put in force; what differs goes into the ledger.
/// </summary>
/// <remarks>
/// It walks the rows in the order in which they were written. A calendar that comes, or comes into force, sends it back to the first; otherwise it looks at what was written since,
/// so that a clock which an act started with the old calendar in the very moment the new one came is met, too. Nothing is remembered over a restart:
/// the first walk computes everything, finds nothing that differs, and writes nothing. What was computed on a clock that moved meanwhile is passed
/// over by the fold, and met again as a row that was written since. One caller at a time.
/// </remarks>
internal sealed class ClockRecomputation(IClockQueries clocks, IProcedureQueries procedure, IRegisterQueries registers, DeadlineLedger ledger)
{
    /// <summary>Clocks in one entry; below it in bytes, too: an entry is at most 1 MiB.</summary>
    private const int PageClocks = 5_000;
    private const int PartBytes = 800_000;

    private ClockPlace _place = ClockPlace.Start;
    private (string Calendars, ulong Rules) _with = ("", 0);

    /// <summary>Returns how many clocks changed.</summary>
    public async Task<int> RunAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await ledger.CatchUpAsync(cancellation);
        if (procedure.CurrentRules is not { } current)
            return 0;
        RegisterBook book = registers.Book;
        RegisterAsOf asOf = new(Math.Max(Micros.Of(now), book.LatestMicros));
        RegisterVersion[] calendars = [.. InForce(book, asOf)];
        string entries = string.Join(' ', calendars.Select(version => version.Entry));
        if (_with != (entries, current.Entry))
            (_with, _place) = ((entries, current.Entry), ClockPlace.Start);
        RegisterVersion? newest = calendars.MaxBy(version => (version.FromMicros, version.Entry));
        ClockCalendar calendar = new(book, asOf);
        ClocksRecomputed head = new() { CalendarEntry = newest?.Entry ?? 0, CalendarYear = newest?.Change.Id ?? "" };
        return await WalkAsync(head, ledger.Reader.DurableSize, clock => Recompute(clock, current.Rules, calendar, book.Size), cancellation);
    }

    private async Task<int> WalkAsync(ClocksRecomputed head, ulong until, Func<RunningClock, RecomputedClock?> recompute, CancellationToken cancellation)
    {
        int changed = 0;
        IReadOnlyList<RunningClock> page = Page(_place, until);
        while (page.Count > 0)
        {
            IReadOnlyList<RunningClock> next = Page(page[^1].Place, until);
            RecomputedClock[] differing = [.. page.Select(recompute).OfType<RecomputedClock>()];
            bool isEnd = next.Count == 0 && head.Part > 0;
            if (differing.Length > 0 || isEnd)
            {
                if (!await AppendAsync(head, differing, isLast: next.Count == 0, cancellation))
                    return changed; // no room: from here again at the next beat
                changed += differing.Length;
            }

            _place = page[^1].Place;
            page = next;
        }

        return changed;
    }

    // What this very walk has written comes again at the end of the order, and is left for the next.
    private IReadOnlyList<RunningClock> Page(ClockPlace place, ulong until)
    {
        IReadOnlyList<RunningClock> page = clocks.After(place, PageClocks);
        return page.Count > 0 && page[^1].Place.Updated >= until ? [.. page.TakeWhile(clock => clock.Place.Updated < until)] : page;
    }

    // Computed with a calendar this book does not know yet: it is right already, and the next book will say so.
    private static RecomputedClock? Recompute(RunningClock running, ProcedureRules rules, ClockCalendar calendar, ulong knownSize)
    {
        if (running.Clock.CalendarEntries.Any(entry => entry >= knownSize))
            return null;
        ClockState after = ClockPolicy.Recompute(running.Clock, ClockPolicy.RuleOf(running.Clock, running.Domain, rules), calendar);
        return ReferenceEquals(after, running.Clock) ? null : new RecomputedClock { CaseId = running.CaseId, Clock = after, DueBefore = running.Clock.DueAt };
    }

    private async Task<bool> AppendAsync(ClocksRecomputed head, RecomputedClock[] clocks, bool isLast, CancellationToken cancellation)
    {
        int at = 0;
        do
        {
            ClocksRecomputed part = head.Clone();
            for (int bytes = 0; at < clocks.Length && bytes < PartBytes; at++)
            {
                part.Clocks.Add(clocks[at]);
                bytes += clocks[at].CalculateSize() + 8;
            }

            part.IsLast = isLast && at == clocks.Length;
            Record fact = new() { Sensitivity = Sensitivity.Internal, ClocksRecomputed = part };
            FactOutcome outcome = await ledger.Appender.AppendAsync(LeafOrigin.Ledger, fact, cancellation);
            if (outcome.Outcome.Refusal is { Code: RefusalCode.Busy })
                return false;
            if (outcome.Outcome.Refusal is { } refusal)
                throw new InvalidOperationException($"part {part.Part} of calendar {part.CalendarYear}: {refusal.Detail}");
            head.Part++;
        }
        while (at < clocks.Length);
        return true;
    }

    // A version that says from when in the future it holds is another calendar on that day, without any entry: so is one that has run out.
    private static IEnumerable<RegisterVersion> InForce(RegisterBook book, RegisterAsOf asOf) => book.IdsOf(RegisterKind.Calendar)
        .Where(id => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(id => book.InForce(RegisterKind.Calendar, id, asOf)).OfType<RegisterVersion>();
}
