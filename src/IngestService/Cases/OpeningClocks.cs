using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>Deadlines that run from the lead (D-28) begin in the entry that opens its file: a lead that nobody touches has them, too.</summary>
internal sealed class OpeningClocks(IProcedureQueries procedure, IRegisterQueries registers, TimeProvider time)
{
    /// <summary>Without rules in force there are none; the first act under rules starts them then.</summary>
    public void Start(CaseOpened opened)
    {
        if (procedure.CurrentRules is not { } current)
            return;
        RegisterBook book = registers.Book;
        DateTimeOffset now = time.GetUtcNow();
        ClockCalendar calendar = new(book, new RegisterAsOf(Math.Max(Micros.Of(now), book.LatestMicros)));
        opened.Clocks.AddRange(ClockPolicy.AtOpening(opened.Domain, opened.Source, now, current.Rules, calendar));
        if (opened.Clocks.Count > 0)
            opened.RulesEntry = current.Entry;
    }
}
