using System.Runtime.CompilerServices;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf.Collections;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>Whether a place lies in what a grant was given for: the grant's own territories, else the unit's, else those above it; none at all: anywhere.</summary>
internal static class TerritoryPolicy
{
    // A version's geometry never changes; it is read once for as long as its version is held.
    private static readonly ConditionalWeakTable<Territory, Geometry> Geometries = [];

    public static bool Reaches(RegisterBook book, CompetenceGrant grant, MayHandleRequest ask, RegisterAsOf asOf)
    {
        RepeatedField<string> granted = TerritoriesOf(book, grant, asOf);
        if (granted.Count == 0)
            return true;
        return ask.TerritoryId.Length > 0
            ? book.AroundTerritory(ask.TerritoryId, asOf).Any(around => granted.Contains(around.Change.Id))
            : granted.Any(id => book.InForce(RegisterKind.Territory, id, asOf) is { } territory
                && Holds(territory.Change.Territory, ask.Latitude, ask.Longitude));
    }

    public static bool Holds(Territory territory, double latitude, double longitude) =>
        Geometries.GetValue(territory, static read => Geometry.TryParse(read.GeoJson, out Geometry? geometry) ? geometry : Geometry.Nowhere)
            .Holds(latitude, longitude, territory.CorridorM);

    private static RepeatedField<string> TerritoriesOf(RegisterBook book, CompetenceGrant grant, RegisterAsOf asOf)
    {
        if (grant.TerritoryIds.Count > 0)
            return grant.TerritoryIds;
        return book.UpFrom(grant.UnitId, asOf).Select(unit => unit.Change.Unit.TerritoryIds).FirstOrDefault(ids => ids.Count > 0) ?? [];
    }
}
