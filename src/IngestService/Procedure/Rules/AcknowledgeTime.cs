namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>By day and by night.</summary>
internal sealed record AcknowledgeTime(int Minutes, int NightMinutes);
