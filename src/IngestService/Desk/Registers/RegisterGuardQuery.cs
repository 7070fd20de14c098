using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Desk.Registers;

/// <summary>The guards' questions, and working days.</summary>
internal sealed class RegisterGuardQuery(RegisterView view)
{
    // APL knows no period of working days beyond this by far; a loop over days ends.
    private const uint MostWorkingDays = 1_000;

    public Task<GuardAnswer> MayHandleAsync(MayHandleRequest request, CancellationToken cancellation) => AskAsync(
        request.AtLeast, request.At, request.KnownSize, (book, asOf) => CompetencePolicy.MayHandle(book, request, asOf), cancellation);

    public Task<GuardAnswer> MayActAsync(MayActRequest request, CancellationToken cancellation) => AskAsync(
        request.AtLeast, request.At, request.KnownSize, (book, asOf) => OfficerPolicy.MayAct(book, request, asOf), cancellation);

    public Task<GuardAnswer> WasAdmittedAsync(WasAdmittedRequest request, CancellationToken cancellation) => AskAsync(
        request.AtLeast, request.At, request.KnownSize, (book, asOf) => AdmissionPolicy.WasAdmitted(book, request.DeviceId, asOf), cancellation);

    public async Task<WorkingDaysAnswer> WorkingDaysAsync(WorkingDaysRequest request, CancellationToken cancellation)
    {
        (RegisterBook book, ulong size) = await view.CatchUpAsync(request.AtLeast, cancellation);
        if (!CivilDay.TryParse(request.FromDay, out DateOnly from) || request.WorkingDays > MostWorkingDays)
            throw new RefusalDetail(RefusalCode.IncompleteAct, $"a day (2026-11-28) and at most {MostWorkingDays} working days are asked for").ToRpcException();
        WorkingDays days = new(book, view.AsOf(request.At, request.KnownSize));
        return new WorkingDaysAnswer
        {
            ProjectedSize = size,
            IsWorkingDay = days.IsWorkingDay(from),
            DueDay = CivilDay.ToText(days.After(from, (int)request.WorkingDays)),
            Provisional = days.IsProvisional,
        };
    }

    private async Task<GuardAnswer> AskAsync(
        ulong atLeast, Timestamp? at, ulong knownSize, Func<RegisterBook, RegisterAsOf, GuardAnswer> ask, CancellationToken cancellation)
    {
        (RegisterBook book, ulong size) = await view.CatchUpAsync(atLeast, cancellation);
        RegisterAsOf asOf = view.AsOf(at, knownSize);
        GuardAnswer answer = ask(book, asOf);
        GuardAnswer otherwise = ask(book, knownSize == 0 ? asOf.KnownThen() : asOf.KnownNow());
        answer.AnswerWasCorrected = answer.Allowed != otherwise.Allowed;
        (answer.ProjectedSize, answer.KnownSize) = (size, knownSize == 0 ? size : Math.Min(knownSize, size));
        return answer;
    }
}
