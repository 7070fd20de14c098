using System.Collections.Immutable;
using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>Folds versions and events, in the order of the ledger, into books. Owned by one pump.</summary>
internal sealed class RegisterBookWriter(RegisterBook from)
{
    private readonly ImmutableDictionary<(RegisterKind, string), RegisterSubject>.Builder _subjects = from.Subjects.ToBuilder();
    private readonly ImmutableDictionary<(RegisterKind, string), ImmutableArray<string>>.Builder _owners = from.ByOwner.ToBuilder();
    private readonly Dictionary<RegisterKind, ImmutableSortedSet<string>.Builder> _ids = from.Ids.ToDictionary(pair => pair.Key, pair => pair.Value.ToBuilder());
    private readonly ImmutableDictionary<string, ImmutableList<SuspendingEvent>>.Builder _events = from.Events.ToBuilder();

    private long _latestMicros = from.LatestMicros;

    /// <summary>Of the next book: one above the last entry that was folded.</summary>
    public ulong Size { get; set; } = from.Size;

    public void Add(RegisterVersion version)
    {
        _latestMicros = Math.Max(_latestMicros, version.IngestMicros);
        RegisterChange change = version.Change;
        RegisterKind kind = RegisterContent.KindOf(change);
        if (kind == RegisterKind.Unspecified || RegisterContent.IsAboutParties(kind))
            return;
        if (_subjects.TryGetValue((kind, change.Id), out RegisterSubject? known))
        {
            _subjects[(kind, change.Id)] = known with { Versions = known.Versions.Add(version) };
        }
        else
        {
            _subjects[(kind, change.Id)] = new RegisterSubject(kind, change.Id, [version]);
            if (!_ids.TryGetValue(kind, out ImmutableSortedSet<string>.Builder? ids))
                _ids[kind] = ids = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
            ids.Add(change.Id);
        }

        foreach (string owner in RegisterContent.OwnersOf(change))
        {
            if (owner.Length == 0)
                continue;
            ImmutableArray<string> owned = _owners.TryGetValue((kind, owner), out ImmutableArray<string> listed) ? listed : [];
            if (!owned.Contains(change.Id))
                _owners[(kind, owner)] = owned.Add(change.Id);
        }
    }

    public void Add(string device, SuspendingEvent happened)
    {
        _latestMicros = Math.Max(_latestMicros, happened.IngestMicros);
        _events[device] = (_events.TryGetValue(device, out ImmutableList<SuspendingEvent>? known) ? known : []).Add(happened);
    }

    public RegisterBook ToBook() => new(
        Size, _latestMicros, _subjects.ToImmutable(), _owners.ToImmutable(), _ids.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToImmutable()), _events.ToImmutable());
}
