using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Procedure.Numbers;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.Procedure;

namespace EdgeEnforcement.IngestService.Cases.Numbers;

/// <summary>
/// The number a document may take next. The table may lag and another act may be faster: the sequencer's precondition decides, and a caller that lost
/// asks again.
/// </summary>
internal sealed class NumberOffers(INumberQueries numbers, IProducerMarks marks)
{
    /// <summary>Null: documents of this kind carry no number of their own.</summary>
    public NumberOffer? Next(AgencyNumbers agency, DocumentTemplate template, int year)
    {
        if (template.NumberPattern.Length == 0)
            return null;
        NumberStream stream = new(agency.UnitId, template.Kind, year, NextFree(agency.UnitId, template.Kind, year));
        return new NumberOffer(NumberPattern.Format(template.NumberPattern, agency.ShortName, year, stream.Ordinal), stream, 0);
    }

    /// <summary>The pre-numbered form of a decision on the spot.</summary>
    /// <returns>The number, or why it may not be used (Chinese).</returns>
    public (NumberOffer? Offer, string? WhyNot) Leased(string text, string agencyId, DocumentKind kind)
    {
        KnownNumber? known = numbers.FindText(text);
        string? wrong = NumberRules.WhyNotUsable(known, text, agencyId, kind);
        return wrong is null ? (new NumberOffer(known!.Text, known.Stream, 1), null) : (null, wrong); // without a reason against it, it is known
    }

    /// <summary>Null: a document of this number may be signed.</summary>
    public string? WhyNotSigned(string text) => NumberRules.WhyNotSigned(numbers.FindText(text));

    /// <summary>The first ordinal behind everything that was ever taken.</summary>
    public uint NextFree(string agencyId, DocumentKind kind, int year)
    {
        uint ordinal = numbers.HighestTaken(agencyId, kind, year) + 1;
        while (marks.StreamVersion(new NumberStream(agencyId, kind, year, ordinal).ToString()) > 0)
            ordinal++;
        return ordinal;
    }
}
