using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Rules;

/// <summary>Subjects about parties, which stay in the table.</summary>
internal interface IPartyLookup
{
    RegisterSubject? Find(RegisterKind kind, string id);

    /// <summary>Objects that carry this identity number, USCC, plate or vessel number exactly, with the entries that say so.</summary>
    IReadOnlyList<(string Id, ulong Entry)> ByNumber(string number);
}
