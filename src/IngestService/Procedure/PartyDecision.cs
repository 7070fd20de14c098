namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>A decision about a party that counts against a second fine (art. 29) and against "first" (art. 33).</summary>
/// <param name="Reference">Case or decision number.</param>
/// <param name="ItemId">事项.</param>
/// <param name="From">First day of the violation.</param>
/// <param name="Through">Its last day.</param>
/// <param name="Fined">Whether a fine was among the sanctions.</param>
/// <param name="Entry">Where it stands in the ledger.</param>
internal sealed record PartyDecision(string Reference, string ItemId, DateOnly From, DateOnly Through, bool Fined, ulong Entry)
{
    public bool IsSameViolation(string itemId, DateOnly from, DateOnly through) => ItemId == itemId && From <= through && from <= Through;
}
