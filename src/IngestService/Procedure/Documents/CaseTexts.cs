using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>What the case, the registers and the rules say, one text each. Names are those of <see cref="KnownNames"/>.</summary>
internal static class CaseTexts
{
    /// <summary>A field of this key holds the id of the document that a receipt is about.</summary>
    public const string AboutField = "about_document";

    public static void Fill(DocumentModel model, DocumentRequest request)
    {
        Head(model, request);
        Party(model, request);
        People(model, request);
        Findings(model, request);
        Sanction(model, request.Case);
        Review(model, request);
        Defence(model, request);
        Decision(model, request);
        Records(model, request);
        About(model, request);
    }

    private static void Head(DocumentModel model, DocumentRequest request)
    {
        ProcedureCase subject = request.Case;
        string unit = request.NameOf($"unit/{NumberGiving.UnitOf(subject)}");
        model.Set("agency", request.Agency?.SealName ?? unit);
        model.Set("unit", unit);
        model.Set("document_number", request.Number);
        model.Set("common_number", request.CommonNumber);
        model.Set("case_number", subject.Number);
        model.Set("case_title", subject.Title);
        model.Set("domain", request.Rules.ProfileOf(subject.Domain)?.Zh ?? "");
        model.Set("day", ChineseDate.Day(request.At));
        model.Set("lead_source", DocumentWords.Of(subject.Source?.Kind ?? LeadSourceKind.Unspecified));
        model.Set("lead_number", subject.Source?.ExternalNumber ?? "");
        model.Set("lead_day", ChineseDate.Day(subject.Source?.ReceivedAt ?? subject.OpenedAt));
        model.Set("filed_day", ChineseDate.Day(subject.FiledAt));
        model.Set("closing_reason", subject.ClosingReason);
        if (subject.PaidFen > 0)
        {
            model.Set("paid", ChineseAmount.InDigits(subject.PaidFen));
            model.Set("paid_words", ChineseAmount.InWords(subject.PaidFen));
        }
    }

    private static void Party(DocumentModel model, DocumentRequest request)
    {
        Filing? filing = CaseLists.FilingOf(request.Case);
        model.Set("party_name", filing?.PartyName ?? "");
        model.Set("party_kind", DocumentWords.Of(filing?.PartyKind ?? PartyKind.Unspecified));
        foreach (string part in (string[])["number", "address", "telephone", "representative"])
            model.Set($"party_{part}", request.NameOf($"party/{part}"));
        if (filing is null)
            return;
        model.Set("item", request.NameOf($"item/{filing.ItemId}"));
        model.Set("place", filing.Place);
        string from = ChineseDate.Day(filing.ActFromDay);
        string through = ChineseDate.Day(filing.ActThroughDay);
        model.Set("act_day", through.Length == 0 || through == from ? from : $"{from}至{through}");
        model.Set("filing_facts", filing.Facts);
        model.Set("filing_standard", filing.FilingStandard);
    }

    private static void People(DocumentModel model, DocumentRequest request)
    {
        // Nobody is assigned in the simple procedure: whoever acted on the spot handles it.
        IEnumerable<CaseParticipant> people = request.Case.Participants;
        bool assigned = people.Any(person => person.IsHandlerNow);
        CaseParticipant[] handlers = [.. people.Where(person => assigned ? person.IsHandlerNow : person.Roles.Contains(OfficerRole.Handler)).Take(2)];
        for (int at = 0; at < handlers.Length; at++)
        {
            model.Set($"officer_{at + 1}", NameOf(request, handlers[at].OfficerId, handlers[at].Name));
            model.Set($"officer_{at + 1}_certificate", request.NameOf($"certificate/{handlers[at].OfficerId}"));
        }

        model.Set("handlers", string.Join('、', handlers.Select(person => NameOf(request, person.OfficerId, person.Name))));
        CaseParticipant? reviewer = request.Case.Participants.LastOrDefault(person => person.Roles.Contains(OfficerRole.LegalReviewer));
        if (reviewer is not null)
            model.Set("legal_reviewer", NameOf(request, reviewer.OfficerId, reviewer.Name));
    }

    private static void Findings(DocumentModel model, DocumentRequest request)
    {
        InvestigationReport? report = request.Case.Report;
        model.Set("facts", report?.Facts ?? request.Case.Simple?.Finding?.Facts ?? "");
        if (DocumentRules.IsHearingDue(request.Rules, request.Case, CivilDay.Of(request.At.ToUnixTimeMilliseconds() * 1000)))
            model.Set("hearing_due", "是");
        model.Set("discretion_rule", report?.DiscretionRule ?? "");
        model.Set("report_remark", report?.Remark ?? "");
        model.Set("basis_text", string.Join('、', CaseLists.Basis(request).Select(article => $"《{article.Law}》{article.Article}")));
        model.Set("simple_statement", request.Case.Simple?.Statement ?? "");
    }

    private static void Sanction(DocumentModel model, ProcedureCase subject)
    {
        if ((subject.Decision?.Sanction ?? subject.Report?.Sanction) is not { } sanction)
            return;
        model.Set("sanction_kinds", string.Join('、', sanction.Kinds.Select(DocumentWords.Of)));
        model.Set("sanction_text", sanction.Text.Length > 0 ? sanction.Text : DocumentWords.Of(sanction));
        model.Set("correction_order", sanction.CorrectionOrder);
        SetAmount(model, "fine", sanction.FineFen);
        SetAmount(model, "confiscation", sanction.ConfiscationFen);
    }

    private static void SetAmount(DocumentModel model, string name, long fen)
    {
        if (fen <= 0)
            return;
        model.Set(name, ChineseAmount.InDigits(fen));
        model.Set($"{name}_words", ChineseAmount.InWords(fen));
    }

    private static void Review(DocumentModel model, DocumentRequest request)
    {
        if (request.Case.Opinion is { } opinion)
        {
            model.Set("opinion_conclusion", opinion.Agrees ? "同意" : "存在问题");
            model.Set("opinion_text", opinion.Text);
        }

        if (request.Case.Discussion is not { } discussion)
            return;
        model.Set("discussion_day", ChineseDate.Day(discussion.HeldAt));
        model.Set("discussion_people", string.Join('、', discussion.ParticipantOfficerIds.Select(id => NameOf(request, id, id))));
        model.Set("discussion_record", discussion.Record);
        model.Set("discussion_conclusion", discussion.Conclusion);
    }

    private static void Defence(DocumentModel model, DocumentRequest request)
    {
        ProcedureCase subject = request.Case;
        if (subject.Notice is { } notice)
        {
            model.Set("notice_number", subject.Documents.FirstOrDefault(known => known.DocumentId == notice.DocumentId)?.DocumentNumber ?? "");
            model.Set("notice_day", ChineseDate.Day(notice.ServedAt));
            model.Set("hearing_offered", notice.HearingOffered ? "是" : "");
        }

        model.Set("defence_text", string.Join('\n', subject.Defences.Select(said => said.Text).Where(text => text.Length > 0)));
        model.Set("defence_waived", subject.DefenceWaived ? "是" : "");
        model.Set("defence_recheck", subject.DefenceRecheck);
        if (subject.Hearing is not { } hearing)
            return;
        model.Set("hearing_day", ChineseDate.Day(hearing.HeldAt));
        model.Set("hearing_presider", NameOf(request, hearing.PresiderOfficerId, hearing.PresiderOfficerId));
        model.Set("hearing_opinion", hearing.Opinion);
    }

    private static void Decision(DocumentModel model, DocumentRequest request)
    {
        ProcedureCase subject = request.Case;
        if (subject.Decision is not { } decision)
            return;
        CaseDocument? document = subject.Documents.FirstOrDefault(known => known.DocumentId == decision.DocumentId);
        model.Set("decision_number", document?.DocumentNumber ?? decision.LeasedNumber);
        model.Set("decision_title", document is null ? "" : DocumentWords.Of(document.Kind));
        model.Set("reasons", decision.Reasons);
        model.Set("education", decision.Education);
        model.Set("payment_place", decision.PaymentPlace);
        model.Set("ground", DocumentWords.Of(decision.Ground));
        model.Set("decision_day", ChineseDate.Day(subject.DecidedAt));
        model.Set("served_day", ChineseDate.Day(subject.DecisionService?.EffectiveAt ?? subject.DecisionService?.ServedAt));
    }

    private static void Records(DocumentModel model, DocumentRequest request)
    {
        if (CaseLists.RecordOf(request) is { } record)
        {
            model.Set("record_from", ChineseDate.Minute(record.From));
            model.Set("record_until", ChineseDate.Minute(record.Until));
            model.Set("record_place", record.Place);
            model.Set("record_content", record.Content);
        }

        model.Set("preservation_reason", request.Case.Preservations.LastOrDefault(track => track.Outcome.Length == 0)?.What?.Reason ?? "");
    }

    private static void About(DocumentModel model, DocumentRequest request)
    {
        string id = request.Document.CorrectsDocumentId.Length > 0
            ? request.Document.CorrectsDocumentId
            : request.Document.Fields.GetValueOrDefault(AboutField, "");
        if (request.Case.Documents.FirstOrDefault(known => known.DocumentId == id) is not { } about)
            return;
        model.Set("about_title", DocumentWords.Of(about.Kind));
        model.Set("about_number", about.DocumentNumber.Length > 0 ? about.DocumentNumber : about.CommonNumber);
        model.Set("about_day", ChineseDate.Day(about.IssuedAt));
    }

    private static string NameOf(DocumentRequest request, string officerId, string otherwise) =>
        request.NameOf($"officer/{officerId}") is { Length: > 0 } name ? name : otherwise;
}
