using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Numbers;

namespace EdgeEnforcement.IngestService.Projections.Procedure;

/// <summary>Numbers that were given, leased or voided.</summary>
internal interface INumberQueries
{
    /// <summary>0: none was taken yet.</summary>
    uint HighestTaken(string agencyId, DocumentKind kind, int year);

    /// <summary>Null: it is free.</summary>
    KnownNumber? Find(NumberStream number);

    /// <summary>By its text, as it stands on paper.</summary>
    KnownNumber? FindText(string text);

    /// <summary>The block a number belongs to; null: it belongs to none.</summary>
    LeasedBlock? BlockOf(NumberStream number);

    /// <summary>Newest first.</summary>
    IReadOnlyList<LeasedBlock> Blocks(string agencyId);
}
