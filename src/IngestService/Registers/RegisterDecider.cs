using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers.Rules;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>
/// (registers as they are, changes, now) to faults, or none. Pure. In this order: shape, what the actor saw, periods, the rules of the kind.
/// </summary>
internal sealed class RegisterDecider(RegisterBook book, IPartyLookup parties, long nowMicros)
{
    // It travels in a trailer, percent-encoded: of Chinese text nine bytes a character, beside 64 KiB that a client takes.
    private const int LongestDetail = 1_000;

    /// <summary>Null when all of them may be appended together.</summary>
    public RefusalDetail? WhyNot(IReadOnlyList<ChangeToMake> changes, Actor actor)
    {
        foreach (ChangeToMake make in changes)
        {
            foreach (RuleFault shape in ShapeRules.Of(make.Change))
                return Refuse(RefusalCode.IncompleteAct, make.Change, shape);
        }

        if (changes.GroupBy(make => (RegisterContent.KindOf(make.Change), make.Change.Id)).FirstOrDefault(group => group.Count() > 1) is { } twice)
            return Refuse(RefusalCode.IncompleteAct, $"{twice.Key.Item1} {twice.Key.Id} is changed twice in one act");
        if (changes.Select(make => RegisterContent.IsAboutParties(RegisterContent.KindOf(make.Change))).Distinct().Count() > 1)
            return Refuse(RefusalCode.IncompleteAct, "guards' registers and records about parties are not changed in one act");
        // The agent is given the whole entry as its proof: it holds nothing that is not its business.
        if (changes.Count > 1 && changes.FirstOrDefault(make => make.Change.AgentConfiguration is not null) is { } configuration)
            return Refuse(RefusalCode.IncompleteAct, $"the configuration of {configuration.Change.Id} is registered in an act of its own");
        foreach (ChangeToMake make in changes)
        {
            if (Moved(make) is { } moved)
                return Refuse(RefusalCode.Conflict, moved);
        }

        return Faults([.. changes], actor).FirstOrDefault() is { Fault: var fault, Change: { } at }
            ? Refuse(RefusalCode.NotPermitted, at, fault) : null;
    }

    /// <summary>Everything that is wrong with periods and rules, change by change.</summary>
    public IEnumerable<(RegisterChange Change, RuleFault Fault)> Faults(IReadOnlyList<ChangeToMake> changes, Actor actor)
    {
        List<RegisterVersion> versions = [.. changes.Select((make, line) =>
            RegisterVersion.Of(book.Size, (uint)line, nowMicros, make.Change, actor))];
        RegisterBookWriter writer = new(book);
        foreach (RegisterVersion version in versions)
            writer.Add(version);
        RegisterBook after = writer.ToBook();
        Lazy<long[]> unitInstants = new(() => [.. after.Subjects.Values.Where(subject => subject.Kind == RegisterKind.Unit)
            .SelectMany(subject => subject.Versions).Select(version => version.FromMicros).Distinct().Order()]);
        for (int i = 0; i < changes.Count; i++)
        {
            RegisterChange change = changes[i].Change;
            RuleScope scope = new(book, after, new RegisterAsOf(versions[i].FromMicros), parties, unitInstants);
            foreach (RuleFault fault in Periods(changes[i], versions[i]).Concat(RegisterRules.Of(change, scope)))
                yield return (change, fault);
        }
    }

    public RegisterSubject? Find(RegisterKind kind, string id) =>
        RegisterContent.IsAboutParties(kind) ? parties.Find(kind, id) : book.Find(kind, id);

    private IEnumerable<RuleFault> Periods(ChangeToMake make, RegisterVersion version)
    {
        RegisterChange change = make.Change;
        if (change.Correction && (change.ValidFrom is null || version.FromMicros > nowMicros))
            yield return new RuleFault("valid_from", "a correction says from when in the past it holds");
        if (!change.Correction && Micros.Of(change.ValidFrom) is { } from && from < nowMicros)
            yield return new RuleFault("valid_from", "lies in the past: that is a correction, with its reason");
        if (version.UntilMicros <= version.FromMicros)
            yield return new RuleFault("valid_until", "it would never hold");
        RegisterSubject? subject = Find(RegisterContent.KindOf(change), change.Id);
        if (change.Ended && subject?.InForce(new RegisterAsOf(version.FromMicros)) is null)
            yield return new RuleFault("", "there is nothing that could end");
        if (!make.ReplacesPlanned && subject?.BeginningWithin(version.FromMicros, version.UntilMicros).FirstOrDefault() is { } hidden)
            yield return new RuleFault("valid_until",
                $"overlaps the version of entry {hidden.Entry}, which begins on {CivilDay.ToText(CivilDay.Of(hidden.FromMicros))}: end this one there, or say that it replaces it");
    }

    /// What happened since, in words: the answer to who lost a race is what the other one did.
    private string? Moved(ChangeToMake make)
    {
        RegisterKind kind = RegisterContent.KindOf(make.Change);
        RegisterSubject? subject = Find(kind, make.Change.Id);
        ulong now = subject?.Newest.Number ?? 0;
        if (now == make.ExpectedVersion)
            return null;
        if (subject is null)
            return $"{kind} {make.Change.Id} does not exist, version {make.ExpectedVersion} was seen";
        IEnumerable<string> since = subject.Versions.Where(version => version.Number > make.ExpectedVersion).Select(version =>
        {
            RegisterVersion? before = subject.Versions.LastOrDefault(older => older.Number < version.Number);
            string fields = string.Join("; ", RegisterDiff.Between(before?.Change, version.Change).Take(8)
                .Select(field => $"{field.Field}: {field.Before} → {field.After}"));
            return $"{version.Actor.Name} ({version.Change.Reason}): {fields}";
        });
        return $"{kind} {make.Change.Id}: version {make.ExpectedVersion} was seen, it is at {now} now. {string.Join(" | ", since.TakeLast(3))}";
    }

    private static RefusalDetail Refuse(RefusalCode code, RegisterChange change, RuleFault fault) =>
        Refuse(code, $"{RegisterContent.KindOf(change)} {change.Id}: {fault}") with { Field = fault.Field, Said = fault.What };

    // What is not about a field is said in the words themselves: of a conflict they are what others wrote.
    private static RefusalDetail Refuse(RefusalCode code, string detail) =>
        new(code, detail.Length <= LongestDetail ? detail : detail[..LongestDetail] + "…");
}
