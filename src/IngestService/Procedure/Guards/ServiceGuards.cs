using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Procedure.Rules;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Procedure.Guards;

/// <summary>送达 (art. 61): signed and scanned back first, then by a lawful way with its proof.</summary>
internal static class ServiceGuards
{
    public static CaseDocument? Find(ProcedureCase subject, string documentId) =>
        subject.Documents.FirstOrDefault(document => document.DocumentId == documentId);

    /// <summary>The notice as it was printed tells of the right to a hearing (art. 63).</summary>
    public static bool OffersHearing(CaseDocument notice) => notice.Fields.GetValueOrDefault("hearing_due", "").Length > 0;

    public static void Served(ActScope scope, params ReadOnlySpan<DocumentKind> kinds)
    {
        ServiceOfDocument? said = scope.Act.Service;
        if (!scope.Said(said is not null && said.Method != ServiceMethod.Unspecified && said.ServedAt is not null && ActScope.IsText(said.Receiver)
            && ActScope.IsText(said.Proof), "送达方式、时间、受送达人和凭证"))
            return;
        scope.Require("SERVED_BY_NOW", Instants.Of(said!.ServedAt) <= scope.Now, "送达时间在将来", "送达之后再记录", "APL-61");
        CaseDocument? document = Find(scope.Case, said.DocumentId);
        if (!scope.Require("DOCUMENT_ISSUED", document is not null && kinds.Contains(document.Kind), "没有制作相应文书", "先制作文书", "APL-61"))
            return;
        scope.Require("SERVED_AFTER_ISSUE", Instants.Of(said.ServedAt) > Instants.Of(document!.IssuedAt).AddMinutes(-1), "送达时间早于文书制作时间", "按实际送达时间记录", "APL-61");
        scope.Require("SCAN_BOUND", document.ScanSha256.Length > 0, "文书未签章扫描回传", "打印、签章、扫描回传并与底稿绑定后再送达", "APL-59");
        scope.Require("SERVED_AFTER_SIGNING", document.BoundAt is null || Instants.Of(said.ServedAt) > Instants.Of(document.BoundAt).AddMinutes(-1),
            "送达时间早于文书签章回传", "签章、扫描回传之后再送达；未签章的文书没有送达效力", "APL-59", "APL-61");
        Way(scope, said);
        said.EffectiveAt = EffectiveAt(scope, said);
    }

    // What was posted in public is served when its period is over (D-31), not before; what the caller says of it is not read.
    private static Timestamp? EffectiveAt(ActScope scope, ServiceOfDocument said)
    {
        if (said.Method != ServiceMethod.PublicNotice)
            return null;
        DeadlineRule? period = scope.Rules.DeadlineOn("D-31", scope.Case.Domain, scope.Day);
        if (!scope.Require("PUBLIC_NOTICE_PERIOD", period is not null, "规则中没有公告送达的期限", "启用含有 D-31 的规则，或改用其他方式送达", "APL-61"))
            return null;
        ClockCalendar calendar = new(scope.Context.Book, scope.Context.AsOf);
        return DuePolicy.Due(period!, Instants.Of(said.ServedAt), calendar).Due.ToTimestamp();
    }

    private static void Way(ActScope scope, ServiceOfDocument said)
    {
        EvidenceGuards.Known(scope, said.Media.Select(part => part.EvidenceKey));
        switch (said.Method)
        {
            case ServiceMethod.Electronic:
                scope.Require("E_CONSENT", ActScope.IsText(said.ElectronicConsent), "没有当事人签署的电子送达确认书", "取得并引用确认书，或改用其他方式送达", "APL-61");
                break;
            case ServiceMethod.Leaving:
                scope.Require("LEAVING_WITNESSED", ActScope.IsText(said.Witness) || said.Media.Count > 0, "留置送达没有见证人，也没有音像记录",
                    "注明见证人，或关联留置过程的音像资料", "APL-61", "CPL-SERVICE");
                Recorded(scope, "service-by-leaving", said);
                break;
            case ServiceMethod.PublicNotice:
                Recorded(scope, "public-notice-service", said);
                break;
        }
    }

    private static void Recorded(ActScope scope, string activity, ServiceOfDocument said) => RecordingGuards.Duty(
        scope, activity, Instants.Of(said.ServedAt), new(said.Media, said.NotRecordedReason, said.NotRecordedApprover));
}
