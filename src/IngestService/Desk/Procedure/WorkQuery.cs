using System.Buffers.Text;
using System.Text;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Desk.Queries;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Registers;
using Grpc.Core;

namespace EdgeEnforcement.IngestService.Desk.Procedure;

/// <summary>Worklists: what ends first is first.</summary>
internal sealed class WorkQuery(ProjectedSize projected, IProcedureQueries procedure, IRegisterQueries registers, TimeProvider time)
{
    private const int MaxRows = 200;

    // A count of days that nobody reads any more.
    private const int FarDays = 999;

    public async Task<WorkList> ListAsync(ListWorkRequest request, CancellationToken cancellation)
    {
        await projected.AtLeastAsync(request.AtLeast, cancellation);
        int rows = request.PageSize == 0 ? 50 : (int)Math.Min(request.PageSize, MaxRows);
        long now = Micros.Now(time);
        WorkFilter filter = new(request.Kind, request.OfficerId, request.UnitId, request.Domain, now);
        IReadOnlyList<(long Due, long UpdatedMicros, ProcedureCase Case)> found = procedure.Work(filter, Parse(request.PageToken), rows);
        WorkList list = new() { Total = procedure.CountWork(filter) };
        WorkingDays days = new(registers.Book, new RegisterAsOf(now));
        list.Rows.AddRange(found.Select(item => ToRow(item.Case, item.UpdatedMicros, now, days)));
        if (found.Count == rows)
            list.NextPageToken = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{found[^1].Due}\n{found[^1].Case.CaseId}"));
        return list;
    }

    private static (long Due, string CaseId) Parse(string token)
    {
        if (token.Length == 0)
            return (long.MinValue, "");
        try
        {
            string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split('\n', 2);
            if (parts.Length == 2 && long.TryParse(parts[0], System.Globalization.CultureInfo.InvariantCulture, out long due))
                return (due, parts[1]);
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw new RpcException(new Status(StatusCode.InvalidArgument, "page_token is not a token this service gave"));
    }

    private WorkRow ToRow(ProcedureCase subject, long updated, long now, WorkingDays days)
    {
        WorkRow row = new()
        {
            CaseId = subject.CaseId,
            Number = subject.Number,
            Title = subject.Title,
            Domain = subject.Domain,
            State = subject.State,
            UnitId = subject.HandlingUnitId,
            PartyName = subject.Filing?.PartyName ?? "",
            Handlers = string.Join("、", WorkColumns.Handlers(subject).Select(id => Name(subject, id, now))),
            PendingAct = subject.Pending?.Act.Kind ?? ProcedureActKind.Unspecified,
            PendingApprover = subject.Pending?.Approver ?? OfficerRole.Unspecified,
            UpdatedAt = Micros.ToTimestamp(updated),
        };
        if (WorkColumns.NextDue(subject) is not { } next)
            return row;
        row.NextDeadlineId = next.Clock.DeadlineId;
        row.NextDueAt = next.Clock.DueAt;
        row.Provisional = next.Clock.Provisional;
        row.Overdue = next.Micros <= now;
        row.WorkingDaysLeft = Left(CivilDay.Of(now), CivilDay.Of(next.Micros - 1), days);
        return row;
    }

    // Who was assigned and has not acted yet is known to the register alone.
    private string Name(ProcedureCase subject, string id, long now) =>
        subject.Participants.FirstOrDefault(person => person.OfficerId == id)?.Name is { Length: > 0 } name ? name
            : registers.Book.InForce(RegisterKind.Officer, id, new RegisterAsOf(now))?.Change.Officer.Name is { Length: > 0 } registered ? registered : id;

    private static int Left(DateOnly today, DateOnly last, WorkingDays days)
    {
        int sign = last >= today ? 1 : -1;
        (DateOnly from, DateOnly to) = sign > 0 ? (today, last) : (last, today);
        int count = 0;
        for (DateOnly day = from.AddDays(1); day <= to && count < FarDays; day = day.AddDays(1))
        {
            if (days.IsWorkingDay(day))
                count++;
        }

        return sign * count;
    }
}
