using System.Globalization;

namespace EdgeEnforcement.Detection;

/// <summary>What is wrong with a rule set: line from 1, where in it ("rules[2].limit"), why.</summary>
public sealed record RuleSetError(int Line, string Path, string Reason)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"line {Line}: {(Path.Length > 0 ? Path + ": " : "")}{Reason}");
}
