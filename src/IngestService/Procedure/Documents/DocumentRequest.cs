using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>A document that is to be made. Nothing else is read: the same request gives the same bytes.</summary>
/// <param name="Case">As it is now.</param>
/// <param name="Document">Kind, what the handler typed, what it cites.</param>
/// <param name="Template">In force on the day, for the case's domain.</param>
/// <param name="Rules">In force.</param>
/// <param name="Names">From the registers: "unit/ID" its name, "officer/ID" and "certificate/ID" (执法证号), "item/ID", "party/number", "party/address", "party/telephone",
/// "party/representative". What is not there must be typed.</param>
/// <param name="Number">文号; empty: a preview.</param>
/// <param name="CommonNumber">共同编号; empty: a preview.</param>
/// <param name="At">The document's own date.</param>
internal sealed record DocumentRequest(
    ProcedureCase Case, IssuedDocument Document, DocumentTemplate Template, ProcedureRules Rules, IReadOnlyDictionary<string, string> Names, string Number,
    string CommonNumber, DateTimeOffset At)
{
    /// <summary>In whose name it is made; null: the handling unit's own.</summary>
    public AgencyNumbers? Agency { get; init; }

    public string NameOf(string key) => Names.GetValueOrDefault(key, "");
}
