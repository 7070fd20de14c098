namespace EdgeEnforcement.OperatorConsole.Views.Forms;

/// <summary>A page's own words for a form.</summary>
/// <param name="Label">Of a field.</param>
/// <param name="Value">Of a value, by its key: "UnitLevel.City".</param>
public sealed record FormWords(Func<FormField, string> Label, Func<string, string> Value);
