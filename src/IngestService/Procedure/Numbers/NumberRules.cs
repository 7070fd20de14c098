using EdgeEnforcement.Contracts.V1;

namespace EdgeEnforcement.IngestService.Procedure.Numbers;

/// <summary>What may be done with a number. Pure; words are Chinese, for the refusal. Null: it may be.</summary>
internal static class NumberRules
{
    /// <summary>Art. 52: the on-the-spot decision stands on a pre-numbered form; its number comes out of a block of that agency and was never used.</summary>
    public static string? WhyNotUsable(KnownNumber? number, string text, string agencyId, DocumentKind kind) => number switch
    {
        null => $"{text}不是已领用号段中的编号",
        { State: NumberState.Given } => $"{text}已用于{number.Subject}",
        { State: NumberState.Void } => $"{text}已作废：{number.Reason}",
        _ when number.Stream.AgencyId != agencyId => $"{text}是{number.Stream.AgencyId}领用的编号",
        _ when number.Stream.Kind != kind => $"{text}是{Documents.DocumentWords.Of(number.Stream.Kind)}的编号",
        _ => null,
    };

    /// <summary>A number on a signed document stays on it: what is wrong there is corrected (补正), revoked, never unnumbered.</summary>
    public static string? WhyNotVoid(KnownNumber? number, CaseDocument? document) => (number, document) switch
    {
        (null, _) => "该编号从未给出或领用",
        ({ State: NumberState.Void }, _) => $"该编号已作废：{number.Reason}",
        ({ State: NumberState.Given }, null) => $"该编号已用于{number.Subject}",
        ({ State: NumberState.Given }, { ScanSha256.IsEmpty: false } or { Service: not null }) => $"文书{document.DocumentId}已签章，其编号不能作废",
        _ => null,
    };

    /// <summary>A draft whose number was voided is not signed any more.</summary>
    public static string? WhyNotSigned(KnownNumber? number) =>
        number is { State: NumberState.Void } ? $"编号{number.Text}已作废，请重新制作文书" : null;
}
