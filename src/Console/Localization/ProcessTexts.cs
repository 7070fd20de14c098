namespace EdgeEnforcement.OperatorConsole.Localization;

/// <summary>Names the resource of the lawful process: states, acts, guards and the contents of acts.</summary>
public sealed class ProcessTexts;
