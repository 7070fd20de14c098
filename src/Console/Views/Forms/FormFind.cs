namespace EdgeEnforcement.OperatorConsole.Views.Forms;

/// <summary>One that a field may mean, and why it is offered.</summary>
public sealed record FormFind(string Value, string Word, string Why);
