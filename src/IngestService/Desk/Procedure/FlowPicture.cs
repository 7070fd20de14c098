using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;

namespace EdgeEnforcement.IngestService.Desk.Procedure;

/// <summary>The way so far, where the case is, and where permitted acts may lead from here.</summary>
internal static class FlowPicture
{
    public static IEnumerable<FlowStep> Of(ProcedureCase subject)
    {
        yield return new FlowStep
        {
            State = ProcedureState.A1Lead, EnteredAt = subject.OpenedAt, IsCurrent = subject.State == ProcedureState.A1Lead && subject.Acts.All(made => made.From == made.To),
        };
        ActMade[] moves = [.. subject.Acts.Where(made => made.From != made.To).DistinctBy(made => (made.EntryIndex, made.To))];
        for (int i = 0; i < moves.Length; i++)
            yield return new FlowStep { State = moves[i].To, EnteredAt = moves[i].At, IsCurrent = i == moves.Length - 1 };
        foreach (ProcedureState next in ActTable.All.Values.Where(definition => definition.IsFrom(subject.State))
            .SelectMany(definition => definition.Transitions[subject.State]).Where(state => state != subject.State).Distinct().Order())
            yield return new FlowStep { State = next, IsPossible = true };
    }
}
