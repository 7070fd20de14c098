using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>One act as the process knows it.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Transitions">From-states, each with the states it may lead to; in any other state it is refused.</param>
/// <param name="Roles">Any of them may do it.</param>
/// <param name="Approver">UNSPECIFIED: it takes effect at once. Otherwise it waits for a person of that role.</param>
/// <param name="Officers">How many officers with valid certificates it takes (art. 42).</param>
/// <param name="Articles">What its order rests on; cited when the state is wrong.</param>
/// <param name="Guards">Looks at what is said and at the case; adds to the scope's list.</param>
/// <param name="To">Which of the transition's ends; asked only when every guard passed.</param>
internal sealed record ActDefinition(
    ProcedureActKind Kind,
    IReadOnlyDictionary<ProcedureState, ProcedureState[]> Transitions,
    OfficerRole[] Roles,
    OfficerRole Approver,
    int Officers,
    string[] Articles,
    Action<ActScope> Guards,
    Func<ActScope, ProcedureState> To)
{
    public bool IsFrom(ProcedureState state) => Transitions.ContainsKey(state);
}
