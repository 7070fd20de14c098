namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// <param name="Code">Of 2017, or as sent where no table has it.</param>
/// <param name="Unit">Of the table, "" where it has none; the station's configuration is asked first.</param>
internal readonly record struct Factor(string Code, string Name, string Unit);
