namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <param name="UnitId">The agency in the register.</param>
/// <param name="ShortName">渝北城管: what stands in its document numbers.</param>
/// <param name="Code">What stands in common numbers: "YBCG".</param>
internal sealed record AgencyNumbers(string UnitId, string ShortName, string Code, string SealName);
