namespace EdgeEnforcement.OperatorConsole.Localization;

/// <summary>Names the resource of what the service says, by its English template; English needs no entry.</summary>
public sealed class Sentences;
