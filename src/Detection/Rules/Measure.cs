using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.Detection;

/// <summary>What is measured: factor code, period, which value, in which unit. Only readings of this unit are compared.</summary>
public sealed record Measure(string Factor, string FactorName, ReadingKind Period, ValueChoice Value, string Unit);
