namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>音像记录事项清单: one line.</summary>
/// <param name="Activity">"inquiry", "scene", "service-by-leaving", "seizure" ...; the code an investigation record names.</param>
/// <param name="IsMust">Without a recording the record needs a reason and an approver; otherwise it is shown as missing.</param>
/// <param name="GapToleranceMs">Holes between recordings up to this length are no gap.</param>
internal sealed record RecordingDuty(string Activity, string Zh, string En, bool IsMust, int GapToleranceMs, string Source);
