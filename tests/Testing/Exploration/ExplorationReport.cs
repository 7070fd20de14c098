namespace EdgeEnforcement.Testing.Exploration;

/// <param name="Paths">Action sequences that were run, one per transition.</param>
/// <param name="States">Distinct worlds reached, each brought to its end as well.</param>
/// <param name="Exhausted">True if no new world was left before the depth was.</param>
public sealed record ExplorationReport(string World, int Depth, int Paths, int States, bool Exhausted, TimeSpan Took)
{
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"{World}: {Paths} paths, {States} distinct states, depth {Depth}{(Exhausted ? " (no state is left)" : "")}, {Took.TotalSeconds:F1} s");
}
