using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Registers.Rules;

namespace EdgeEnforcement.IngestService.Projections.Registers;

/// <summary>Read side of the registers.</summary>
internal interface IRegisterQueries : IPartyLookup
{
    /// <summary>The guards' registers, from memory.</summary>
    RegisterBook Book { get; }

    /// <summary>Ids of objects whose name, in any version, begins so; in the order of name and id, after the place given.</summary>
    IReadOnlyList<(string Name, string Id)> ByName(string prefix, (string Name, string Id) after, int count);

    /// <summary>Merges, links or penalties of an object, in any version.</summary>
    IReadOnlyList<RegisterSubject> OwnedBy(RegisterKind kind, string objectId);
}
