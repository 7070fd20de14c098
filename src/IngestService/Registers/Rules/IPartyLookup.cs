using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers.Rules;

/// <summary>Subjects about parties, which stay in the table.</summary>
internal interface IPartyLookup
{
    RegisterSubject? Find(RegisterKind kind, string id);

    /// <summary>Ids of objects that carry this identity number, USCC, plate or vessel number exactly, in any version that is there.</summary>
    IReadOnlyList<string> IdsByNumber(string number);
}
