using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Desk.Registers;

/// <summary>Objects: found by exact number or the beginning of a name; everything about one of them.</summary>
internal sealed class RegisterObjectQuery(RegisterView view)
{
    // Separates name and id in a page's place; no name contains it.
    private const char Separator = '\u001F';

    public async Task<RegisterPage> FindAsync(FindObjectsRequest request, CancellationToken cancellation)
    {
        (RegisterBook book, ulong size) = await view.CatchUpAsync(request.AtLeast, cancellation);
        string name = request.Name.Trim();
        if (name.Length == 0 == (request.Number.Trim().Length == 0))
            throw new RefusalDetail(RefusalCode.IncompleteAct, "objects are found by a number or by the beginning of a name").ToRpcException();
        RegisterPage page = new() { ProjectedSize = size };
        if (name.Length == 0)
            page.Rows.AddRange(view.Registers.ByNumber(request.Number)
                .Select(found => Row(book, found.Id, request.Kind) is { } row && row.EntryIndex == found.Entry ? row : null).OfType<SubjectRow>());
        else
            ByName(page, book, name, request);
        page.Total = (ulong)page.Rows.Count;
        return page;
    }

    public async Task<ObjectRecords> RecordsAsync(GetObjectRecordsRequest request, CancellationToken cancellation)
    {
        (RegisterBook book, ulong size) = await view.CatchUpAsync(request.AtLeast, cancellation);
        RegisterAsOf asOf = view.AsOf(null, 0);
        (string root, List<string> ids) = OneObject(request.ObjectId, asOf);
        SubjectRow row = Row(book, root, ObjectKind.Unspecified)
            ?? throw new RefusalDetail(RefusalCode.UnknownSubject, $"no object {request.ObjectId}").ToRpcException();
        ObjectRecords records = new() { ProjectedSize = size, Row = row, ObjectIds = { ids } };
        records.Links.AddRange(Owned(RegisterKind.ObjectLink, ids, asOf).Select(version => version.Change.ObjectLink));
        records.Penalties.AddRange(Owned(RegisterKind.Penalty, ids, asOf).Select(version => version.Change.Penalty)
            .OrderBy(penalty => penalty.DecidedDay, StringComparer.Ordinal));
        DayPeriod asked = DayPeriod.Of(request.ActFromDay, request.ActThroughDay.Length == 0 ? request.ActFromDay : request.ActThroughDay);
        IEnumerable<PenaltyRecord> ofItem = records.Penalties.Where(penalty => penalty.ItemId == request.ItemId);
        records.FirstViolation = request.ItemId.Length > 0 && request.ActFromDay.Length > 0
            && !ofItem.Any(penalty => string.CompareOrdinal(penalty.DecidedDay, request.ActFromDay) < 0);
        if (request.ActFromDay.Length > 0)
            records.FinedAlready.AddRange(ofItem.Where(penalty => penalty.Fined && asked.Meets(PeriodOf(penalty))));
        return records;
    }

    private void ByName(RegisterPage page, RegisterBook book, string name, FindObjectsRequest request)
    {
        int rows = PageToken.Rows(request.PageSize);
        string[] place = request.Page.Length == 0 ? [] : request.Page.Split(Separator);
        (string Name, string Id) after = place.Length == 2 ? (place[0], place[1]) : ("", "");
        IReadOnlyList<(string Name, string Id)> found = view.Registers.ByName(name, after, rows);
        foreach ((string known, string id) in found)
        {
            // A name it had once finds nothing: the row shows the one it has.
            if (Row(book, id, request.Kind) is { } row && row.Change.EnforcementObject.Name == known)
                page.Rows.Add(row);
        }

        if (found.Count == rows)
            page.NextPage = new StringBuilder(found[^1].Name).Append(Separator).Append(found[^1].Id).ToString();
    }

    private SubjectRow? Row(RegisterBook book, string id, ObjectKind kind) =>
        view.Registers.Find(RegisterKind.Object, id) is { } subject && RegisterView.Row(book, subject, view.AsOf(null, 0)) is { InForce: true } row
            && (kind == ObjectKind.Unspecified || row.Change.EnforcementObject.Kind == kind) ? row : null;

    /// All that are merged with it, and the one they are merged into.
    private (string Root, List<string> Ids) OneObject(string objectId, RegisterAsOf asOf)
    {
        List<string> ids = [objectId];
        string root = objectId;
        for (int next = 0; next < ids.Count; next++)
        {
            foreach (RegisterVersion version in Owned(RegisterKind.ObjectMerge, [ids[next]], asOf))
            {
                ObjectMerge merge = version.Change.ObjectMerge;
                if (merge.FromObjectId == root)
                    root = merge.IntoObjectId;
                foreach (string other in new[] { merge.FromObjectId, merge.IntoObjectId })
                {
                    if (!ids.Contains(other))
                        ids.Add(other);
                }
            }
        }

        return (root, ids);
    }

    private IEnumerable<RegisterVersion> Owned(RegisterKind kind, IEnumerable<string> objectIds, RegisterAsOf asOf) => objectIds
        .SelectMany(id => view.Registers.OwnedBy(kind, id).Select(subject => subject.InForce(asOf))).OfType<RegisterVersion>().DistinctBy(version => (version.Change.Id, version.Entry));

    private static DayPeriod PeriodOf(PenaltyRecord penalty) =>
        DayPeriod.Of(penalty.ActFromDay, penalty.ActThroughDay.Length == 0 ? penalty.ActFromDay : penalty.ActThroughDay);
}
