namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>A reason or point of a list: its stable code, and its words in both languages.</summary>
internal sealed record NamedCode(string Code, string Zh, string En);
