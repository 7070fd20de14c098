using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Registers.Rules;

/// <summary>What is wrong with a change.</summary>
/// <param name="Field">Of the contract ("parent_id"), for who must point at a column; empty: the whole.</param>
internal readonly record struct RuleFault(string Field, Said What)
{
    public override string ToString() => Field.Length == 0 ? What.ToString() : $"{Field}: {What}";
}
