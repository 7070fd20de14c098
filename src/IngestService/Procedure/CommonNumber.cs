using System.Globalization;

namespace EdgeEnforcement.IngestService.Procedure;

/// <summary>共同编号 of text and media of one case: agency, year, case, stage, number; one count for both, so that a hole shows.</summary>
internal static class CommonNumber
{
    public static string Of(string agencyCode, int year, string caseId, Contracts.V1.ProcedureState stage, uint ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{agencyCode}-{year:D4}-{caseId}-{Words.Code(stage)}-{Ordinal(ordinal)}");

    public static string Ordinal(uint ordinal) => ordinal.ToString("D4", CultureInfo.InvariantCulture);
}
