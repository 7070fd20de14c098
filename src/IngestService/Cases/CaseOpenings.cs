using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Cases.Inspections;

namespace EdgeEnforcement.IngestService.Cases;

/// <summary>What the opening of a case file reads besides its lead: the inspection it may come from, and the deadlines that begin with it.</summary>
internal sealed class CaseOpenings(SeenInspections inspections, OpeningClocks clocks)
{
    /// <summary>Whether it may be opened with the findings it names.</summary>
    /// <returns>Null subject and no refusal where the lead comes from elsewhere.</returns>
    public Task<Seen<Inspection>> SeenAsync(OpenCaseRequest act, CancellationToken cancellation) => inspections.ForCaseAsync(act, cancellation);

    public void Start(CaseOpened opened) => clocks.Start(opened);
}
