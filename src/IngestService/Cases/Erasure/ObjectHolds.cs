using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Cases.Erasure;

/// <summary>
/// What the register of objects holds: a party of a case or a lead is not erased from under it, nor is a file that is about such a party.
/// Gathered in the order of the ledger; the newest version of a link or a merge counts, and one that says it has ended lets go.
/// </summary>
internal sealed class ObjectHolds
{
    private readonly SortedSet<string> _requested = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ObjectLink> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _mergedInto = new(StringComparer.Ordinal);

    public void Take(RegisterChanged changed, bool isRequested)
    {
        foreach (RegisterChange change in changed.Changes)
        {
            if (change.ObjectLink is { } link)
                Keep(_links, change, link);
            else if (change.ObjectMerge is { } merge)
                Keep(_mergedInto, change, merge.IntoObjectId);
            if (isRequested && (change.EnforcementObject is not null || change.ObjectLink is not null))
                _requested.Add(change.ObjectLink?.ObjectId ?? change.Id);
        }
    }

    /// <summary>Null when no object stands in the way of these files and of what was requested.</summary>
    public string? Hold(IReadOnlyCollection<ulong> manifests)
    {
        foreach (string objectId in _requested)
        {
            if (BusinessOf(objectId) is { } link)
                return $"legal hold: object {objectId} is {link.Part} of {link.SubjectKind} {link.SubjectId}; the link is ended there first";
        }

        foreach (ObjectLink about in _links.Values.Where(link => link.SubjectKind == "media").OrderBy(link => link.SubjectId, StringComparer.Ordinal))
        {
            if (ulong.TryParse(about.SubjectId, System.Globalization.CultureInfo.InvariantCulture, out ulong manifest) && manifests.Contains(manifest)
                && BusinessOf(about.ObjectId) is { } link)
                return $"legal hold: file {manifest} is about object {about.ObjectId}, {link.Part} of {link.SubjectKind} {link.SubjectId}";
        }

        return null;
    }

    private static void Keep<T>(Dictionary<string, T> known, RegisterChange change, T value)
    {
        if (change.Ended)
            known.Remove(change.Id);
        else
            known[change.Id] = value;
    }

    /// A case or lead that the object, or one it is the same as, belongs to; the first by name.
    private ObjectLink? BusinessOf(string objectId)
    {
        string root = Root(objectId);
        return _links.Values.Where(link => link.SubjectKind is "case" or "lead" && Root(link.ObjectId) == root)
            .OrderBy(link => link.SubjectKind, StringComparer.Ordinal).ThenBy(link => link.SubjectId, StringComparer.Ordinal).FirstOrDefault();
    }

    // No act lets a circle in; another's ledger might.
    private string Root(string objectId)
    {
        HashSet<string> met = [objectId];
        while (_mergedInto.TryGetValue(objectId, out string? into) && met.Add(into))
            objectId = into;
        return objectId;
    }
}
