namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>A reason or point of a list: its stable code, its words in both languages, and where it was read.</summary>
internal sealed record NamedCode(string Code, string Zh, string En, string Source = "unverified");
