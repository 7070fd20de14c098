using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Localization;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>One officer: certificate, roles, who stands in for whom, leave, recusals; and the answer to "may he act".</summary>
public sealed class OfficerView(RegisterQueries queries, TimeProvider time)
{
    private const uint Most = 500;

    public SubjectDetail? Detail { get; private set; }

    public bool Unknown { get; private set; }

    public UnitNames Units { get; private set; } = UnitNames.None;

    public IReadOnlyList<SubjectRow> Substitutions { get; private set; } = [];

    public IReadOnlyList<SubjectRow> Leaves { get; private set; } = [];

    public IReadOnlyList<SubjectRow> Recusals { get; private set; } = [];

    public IReadOnlyList<SubjectRow> Reviews { get; private set; } = [];

    public IReadOnlyList<SubjectRow> HandOvers { get; private set; } = [];

    public GuardAnswer? Answer { get; private set; }

    /// <summary>Who could take over on <see cref="TakersDay"/>; null: nobody asked and nothing ends.</summary>
    public TakerProposals? Takers { get; private set; }

    public DateOnly TakersDay { get; private set; }

    public DateTimeOffset Now => time.GetUtcNow();

    public DateOnly Today => Figures.Day(Now);

    /// <param name="takersDay">For when a successor is looked for; null: where his certificate ends soon, the day after it, and today where he is on leave.</param>
    public async Task ReadAsync(string id, MayActRequest? question, DateOnly? takersDay, ulong atLeast, CancellationToken cancellation)
    {
        Detail = await queries.FindAsync(RegisterKind.Officer, id, atLeast, cancellation);
        Unknown = Detail is null;
        if (Unknown)
            return;
        Units = new UnitNames(await queries.AllAsync(RegisterKind.Unit, atLeast, cancellation));
        Substitutions = await AboutAsync(RegisterKind.Substitution, id, change => change.Substitution.AbsentOfficerId == id || change.Substitution.SubstituteOfficerId == id);
        Leaves = await AboutAsync(RegisterKind.Leave, id, change => change.Leave.OfficerId == id);
        Recusals = await AboutAsync(RegisterKind.Recusal, id, change => change.Recusal.OfficerId == id);
        Reviews = await AboutAsync(RegisterKind.Reviewer, id, change => change.Reviewer.OfficerId == id);
        HandOvers = await AboutAsync(RegisterKind.HandOver, id, change => change.HandOver.FromOfficerId == id || change.HandOver.ToOfficerId == id);
        Answer = question is null ? null : await queries.MayActAsync(question, cancellation);
        var day = takersDay ?? NeededFrom();
        TakersDay = day ?? Today;
        Takers = day is not { } wanted ? null : await queries.ProposeTakersAsync(new ProposeTakersRequest
        {
            AtLeast = atLeast, OfficerId = id, At = wanted == Today ? null : Figures.FromCivil(wanted.ToDateTime(new TimeOnly(12, 0))),
        }, cancellation);

        DateOnly? NeededFrom()
        {
            if (Leaves.Any(leave => leave.InForce && leave.Change.Leave is { From: { } from, Until: { } until } && from.ToDateTimeOffset() <= Now && Now < until.ToDateTimeOffset()))
                return Today;
            return Detail?.Row is { InForce: true, Change.Officer.Certificates: { Count: > 0 } certificates }
                && Figures.TryDay(certificates.Max(known => known.ThroughDay), out var last) && last < Today.AddDays(LapsingRows.SoonDays)
                ? (last < Today ? Today : last.AddDays(1)) : null;
        }

        async Task<IReadOnlyList<SubjectRow>> AboutAsync(RegisterKind kind, string officer, Func<RegisterChange, bool> isAbout) =>
            [.. (await queries.ListAsync(new ListRegisterRequest { AtLeast = atLeast, Kind = kind, Text = officer, IncludeEnded = true, PageSize = Most }, cancellation)).Rows
                .Where(row => isAbout(row.Change)).Reverse()];
    }
}
