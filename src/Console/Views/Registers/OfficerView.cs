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

    public DateTimeOffset Now => time.GetUtcNow();

    public DateOnly Today => Figures.Day(Now);

    public async Task ReadAsync(string id, MayActRequest? question, ulong atLeast, CancellationToken cancellation)
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

        async Task<IReadOnlyList<SubjectRow>> AboutAsync(RegisterKind kind, string officer, Func<RegisterChange, bool> isAbout) =>
            [.. (await queries.ListAsync(new ListRegisterRequest { AtLeast = atLeast, Kind = kind, Text = officer, IncludeEnded = true, PageSize = Most }, cancellation)).Rows
                .Where(row => isAbout(row.Change)).Reverse()];
    }
}
