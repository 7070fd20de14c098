using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>重庆市行政处罚听证程序规定: a fine, illegal gains or goods from this sum on give the right to a hearing (art. 63).</summary>
internal sealed record HearingThreshold(PartyKind Party, long FromFen, DateOnly? From, DateOnly? Through, string Source)
{
    public bool Holds(DateOnly day) => (From is null || From <= day) && (Through is null || day <= Through);
}
