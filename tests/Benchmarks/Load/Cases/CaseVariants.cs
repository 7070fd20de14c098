using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Benchmarks.Load.Cases;

/// <summary>
/// Cases that were walked once, for a million that are stamped from them: in each of five domains forty archived ones over the year, and open
/// ones that stopped after each of thirty acts, from some hours to three months ago.
/// </summary>
internal sealed class CaseVariants
{
    private const int Archived = 8;
    private static readonly double[] IdleDays = [0.2, 2, 9, 30, 90];

    private readonly CaseVariant[] _archived;
    private readonly CaseVariant[] _open;

    public CaseVariants(CaseRules rules, DateTimeOffset now)
    {
        DateTimeOffset first = new(now.Year, 1, 6, 9, 0, 0, TimeSpan.FromHours(8));
        _archived = [.. CaseWorld.Domains.SelectMany(domain => Enumerable.Range(0, Archived)
            .Select(i => CaseVariant.Of(new CaseWalk(rules, domain, first.AddDays(i * 30)).Walk(CaseWalk.Steps.Length), now)))];
        _open = [.. CaseWorld.Domains.SelectMany(domain => Enumerable.Range(0, CaseWalk.Steps.Length)
            .SelectMany(steps => IdleDays.Select(idle => CaseVariant.Of(new CaseWalk(rules, domain, Start(steps, domain, now.AddDays(-idle))).Walk(steps), now))))];
    }

    public string Sizes => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"an archived case has {_archived.Average(variant => variant.Acts):F1} acts of {_archived.Average(variant => variant.ActBytes):F0} bytes and folds to {_archived.Average(variant => variant.CaseBytes):F0} bytes");

    public int Count => _archived.Length + _open.Length;

    public CaseVariant Of(CaseIds ids)
    {
        CaseVariant[] group = ids.IsOpen ? _open : _archived;
        return group[ids.Mixed(9) % group.Length];
    }

    /// <summary>How many steps an open case has behind it.</summary>
    public static int StepsOf(CaseIds ids) =>
        (int)(ids.Mixed(9) % (CaseWorld.Domains.Length * CaseWalk.Steps.Length * IdleDays.Length)) / IdleDays.Length % CaseWalk.Steps.Length;

    private static DateTimeOffset Start(int steps, string domain, DateTimeOffset last) =>
        last.AddHours(-CaseWalk.Steps.Take(steps).Sum(step => step.Hours * (domain == "urban" && step.Act == ProcedureActKind.DecidePenalty ? 2 : 1)));
}
