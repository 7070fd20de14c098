using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Guards;

/// <summary>Each guard from both sides.</summary>
public sealed class GuardTests
{
    private static readonly Dictionary<string, GuardCase> Cases = ((IEnumerable<GuardCase>)
        [.. LeadGuardCases.All, .. PeopleGuardCases.All, .. CaseGuardCases.All, .. DecisionGuardCases.All]).ToDictionary(known => known.ToString());

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_act_passes_and_with_one_thing_wrong_the_guard_refuses_it(string name)
    {
        GuardCase tested = Cases[name];
        Walk good = tested.Ready();
        Assert.Equal([], good.Refused(tested.Act, tested.Fill));

        Walk bad = tested.Ready();
        tested.Spoil(bad);
        ProcedureCase before = bad.Case.Clone();
        ProcedureAct act = bad.Act(tested.Act);
        tested.Fill(act);
        tested.Break(act);
        ProcedureRefusal? refusal = bad.Try(act);

        Assert.NotNull(refusal);
        FailedGuard? failed = refusal.Guards.FirstOrDefault(guard => guard.Name == tested.Guard);
        Assert.True(failed is not null, $"refused by {string.Join(", ", refusal.Guards.Select(guard => guard.Name))} instead");
        Assert.All(refusal.Guards, guard => Assert.True(guard.Detail.Length > 0 && guard.SatisfiedBy.Length > 0, guard.Name));
        Assert.All(refusal.Guards.SelectMany(guard => guard.Articles), article => Assert.True(article.Law.Length > 0, $"{article.Id} is not in force"));
        Assert.Equal(before, bad.Case);
    }

    /// <summary>For docs/law.md: guards that have a case here.</summary>
    internal static IEnumerable<string> Tested => Cases.Values.Select(known => known.Guard);
}
