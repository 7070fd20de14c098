using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Registers.Files;

namespace EdgeEnforcement.IngestService.Desk.Registers;

/// <summary>Lists, single subjects with their history, what lapses, files.</summary>
internal sealed class RegisterListQuery(RegisterView view)
{
    public async Task<RegisterPage> ListAsync(ListRegisterRequest request, CancellationToken cancellation)
    {
        (RegisterBook book, ulong size) = await view.CatchUpAsync(request.AtLeast, cancellation);
        RegisterAsOf asOf = view.AsOf(request.At, request.KnownSize);
        int rows = PageToken.Rows(request.PageSize);
        HashSet<string>? units = request.UnitId.Length == 0 ? null : Below(book, request.UnitId, asOf);
        DateOnly? lapsing = request.LapsingThroughDay.Length == 0 ? null : Day(request.LapsingThroughDay);
        RegisterPage page = new() { ProjectedSize = size };
        foreach (string id in book.IdsOf(request.Kind))
        {
            if (book.Find(request.Kind, id) is not { } subject || Shown(subject, request, units, asOf) is not { } shown
                || (lapsing is { } through && !LapsingRows.Lapses(shown.Change, through)) || !IsInState(book, subject, request.Admission, asOf))
                continue;
            page.Total++;
            if (string.CompareOrdinal(id, request.Page) <= 0)
                continue;
            if (page.Rows.Count < rows && RegisterView.Row(book, subject, asOf) is { } row)
                page.Rows.Add(row);
            else if (page.NextPage.Length == 0)
                page.NextPage = page.Rows[^1].Id;
        }

        return page;
    }

    public async Task<SubjectDetail> FindAsync(GetSubjectRequest request, CancellationToken cancellation)
    {
        (RegisterBook book, ulong size) = await view.CatchUpAsync(request.AtLeast, cancellation);
        RegisterAsOf asOf = view.AsOf(request.At, request.KnownSize);
        RegisterSubject? subject = view.Find(book, request.Kind, request.Id);
        if (subject is null || RegisterView.Row(book, subject, asOf) is not { } row)
            throw new RefusalDetail(RefusalCode.UnknownSubject, $"no {request.Kind} {request.Id}").ToRpcException();
        SubjectDetail detail = new() { ProjectedSize = size, Row = row };
        detail.Versions.AddRange(subject.Versions.Where(version => asOf.Knows(version.Entry, version.IngestMicros)).Reverse().Select(version => ToMessage(subject, version)));
        detail.Marks.AddRange(book.EventsOf(request.Kind == RegisterKind.Device ? request.Id : "")
            .Where(happened => asOf.Knows(happened.Entry, happened.IngestMicros)).Reverse().Take(PageToken.MaxRows).Select(ToMessage));
        return detail;
    }

    public async Task<LapsingPage> LapsingAsync(ListLapsingRequest request, CancellationToken cancellation)
    {
        (RegisterBook book, ulong size) = await view.CatchUpAsync(request.AtLeast, cancellation);
        DateOnly through = Day(request.ThroughDay);
        RegisterAsOf asOf = view.AsOf(null, 0);
        HashSet<string>? units = request.UnitId.Length == 0 ? null : Below(book, request.UnitId, asOf);
        LapsingRow[] rows = [.. LapsingRows.Of(book, asOf, through).Where(row => units is null || units.Contains(row.UnitId))
            .OrderBy(row => row.ThroughDay, StringComparer.Ordinal).ThenBy(row => row.Kind).ThenBy(row => row.Id, StringComparer.Ordinal)];
        int skip = int.TryParse(request.Page, System.Globalization.CultureInfo.InvariantCulture, out int from) && from > 0 ? from : 0;
        int count = PageToken.Rows(request.PageSize);
        LapsingPage page = new() { ProjectedSize = size };
        page.Rows.AddRange(rows.Skip(skip).Take(count));
        if (skip + count < rows.Length)
            page.NextPage = (skip + count).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return page;
    }

    public async Task<IEnumerable<byte[]>> ExportAsync(ExportRegisterRequest request, CancellationToken cancellation)
    {
        (RegisterBook book, _) = await view.CatchUpAsync(request.AtLeast, cancellation);
        RegisterFileFormat format = RegisterFileFormat.Of(request.Kind)
            ?? throw new RefusalDetail(RefusalCode.IncompleteAct, $"there are no files of {request.Kind}").ToRpcException();
        RegisterAsOf asOf = view.AsOf(request.At, request.KnownSize);
        HashSet<string>? units = request.UnitId.Length == 0 ? null : Below(book, request.UnitId, asOf);
        return RegisterFileWriter.Write(format, book.IdsOf(request.Kind).Select(id => book.InForce(request.Kind, id, asOf)).OfType<RegisterVersion>()
            .Where(version => units is null || RegisterContent.UnitsOf(version.Change).Any(units.Contains)).Select(version => version.Change));
    }

    private static DateOnly Day(string text) => CivilDay.TryParse(text, out DateOnly day)
        ? day : throw new RefusalDetail(RefusalCode.IncompleteAct, $"'{text}' is no day (2026-11-28)").ToRpcException();

    private static bool IsInState(RegisterBook book, RegisterSubject subject, AdmissionState state, RegisterAsOf asOf) => state == AdmissionState.Unspecified
        || (subject.Kind == RegisterKind.Device && AdmissionPolicy.WasAdmitted(book, subject.Id, asOf).Admission == state);

    private static RegisterVersion? Shown(RegisterSubject subject, ListRegisterRequest request, HashSet<string>? units, RegisterAsOf asOf)
    {
        RegisterVersion? version = subject.InForce(asOf)
            ?? (request.IncludeEnded ? subject.Versions.LastOrDefault(known => asOf.Knows(known.Entry, known.IngestMicros)) : null);
        if (version is null || (units is not null && !RegisterContent.UnitsOf(version.Change).Any(units.Contains)))
            return null;
        return request.Text.Length == 0 || RegisterContent.WordsOf(version.Change).Prepend(subject.Id)
            .Any(word => word.Contains(request.Text, StringComparison.OrdinalIgnoreCase)) ? version : null;
    }

    private static HashSet<string> Below(RegisterBook book, string unitId, RegisterAsOf asOf)
    {
        HashSet<string> units = [unitId];
        Queue<string> open = new([unitId]);
        while (open.TryDequeue(out string? id))
        {
            foreach (RegisterVersion unit in book.OwnedBy(RegisterKind.Unit, id, asOf))
            {
                if (units.Add(unit.Change.Id))
                    open.Enqueue(unit.Change.Id);
            }
        }

        return units;
    }

    private static SubjectVersion ToMessage(RegisterSubject subject, RegisterVersion version)
    {
        RegisterVersion? before = subject.At(new RegisterAsOf(version.FromMicros, version.Entry));
        SubjectVersion message = new()
        {
            Version = version.Number, EntryIndex = version.Entry, Line = version.Line, KnownAt = Micros.ToTimestamp(version.IngestMicros),
            From = Micros.ToTimestamp(version.FromMicros), Until = version.UntilMicros == long.MaxValue ? null : Micros.ToTimestamp(version.UntilMicros),
            Ended = version.Change.Ended, Correction = version.Change.Correction, Reason = version.Change.Reason, Actor = version.Actor, Change = version.Change,
        };
        message.Changes.AddRange(RegisterDiff.Between(before?.Change, version.Change));
        return message;
    }

    private static DeviceMark ToMessage(SuspendingEvent happened) => new()
    {
        EntryIndex = happened.Entry, At = Micros.ToTimestamp(happened.AtMicros), Cause = happened.Cause, Detail = happened.Detail,
    };
}
