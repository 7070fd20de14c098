using System.Collections.Immutable;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>
/// The registers guards ask, as of one size of the ledger: immutable, so that a decision reads one state from its first look to its last.
/// Nothing is ever taken out of it; every question names its instant and what may be known.
/// </summary>
/// <param name="Size">One above the last entry that was folded.</param>
/// <param name="LatestMicros">Ingest time of the newest version or event: "now" is never before it, however a clock was set.</param>
internal sealed record RegisterBook(
    ulong Size,
    long LatestMicros,
    ImmutableDictionary<(RegisterKind Kind, string Id), RegisterSubject> Subjects,
    ImmutableDictionary<(RegisterKind Kind, string Owner), ImmutableArray<string>> ByOwner,
    ImmutableDictionary<RegisterKind, ImmutableSortedSet<string>> Ids,
    ImmutableDictionary<string, ImmutableList<SuspendingEvent>> Events)
{
    public static RegisterBook Empty { get; } = new(0, 0,
        ImmutableDictionary<(RegisterKind, string), RegisterSubject>.Empty,
        ImmutableDictionary<(RegisterKind, string), ImmutableArray<string>>.Empty,
        ImmutableDictionary<RegisterKind, ImmutableSortedSet<string>>.Empty,
        ImmutableDictionary<string, ImmutableList<SuspendingEvent>>.Empty);

    public RegisterSubject? Find(RegisterKind kind, string id) => Subjects.GetValueOrDefault((kind, id));

    /// <summary>Null where there is no such subject, or it has ended or not begun.</summary>
    public RegisterVersion? InForce(RegisterKind kind, string id, RegisterAsOf asOf) => Find(kind, id)?.InForce(asOf);

    /// <summary>In force then, and listed under the owner by that very version.</summary>
    public IEnumerable<RegisterVersion> OwnedBy(RegisterKind kind, string owner, RegisterAsOf asOf)
    {
        foreach (string id in ByOwner.GetValueOrDefault((kind, owner), []))
        {
            if (InForce(kind, id, asOf) is { } version && RegisterContent.OwnersOf(version.Change).Contains(owner))
                yield return version;
        }
    }

    /// <summary>In ordinal order; also of what has ended.</summary>
    public ImmutableSortedSet<string> IdsOf(RegisterKind kind) => Ids.GetValueOrDefault(kind, []);

    public ImmutableList<SuspendingEvent> EventsOf(string device) => Events.GetValueOrDefault(device, []);

    /// <summary>The unit and those above it, as of one instant, nearest first. A loop, which no act lets in, ends it.</summary>
    public IEnumerable<RegisterVersion> UpFrom(string unitId, RegisterAsOf asOf)
    {
        HashSet<string> met = [];
        for (string id = unitId; id.Length > 0 && met.Add(id);)
        {
            if (InForce(RegisterKind.Unit, id, asOf) is not { } version)
                yield break;
            yield return version;
            id = version.Change.Unit.ParentId;
        }
    }

    /// <summary>A territory and those it lies in, nearest first.</summary>
    public IEnumerable<RegisterVersion> AroundTerritory(string territoryId, RegisterAsOf asOf)
    {
        HashSet<string> met = [];
        for (string id = territoryId; id.Length > 0 && met.Add(id);)
        {
            if (InForce(RegisterKind.Territory, id, asOf) is not { } version)
                yield break;
            yield return version;
            id = version.Change.Territory.ParentId;
        }
    }
}
