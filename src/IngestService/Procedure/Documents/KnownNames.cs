namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>What the case gives a template, besides the fields the template itself declares. docs/formats/documents.md explains each.</summary>
internal static class KnownNames
{
    public static readonly IReadOnlySet<string> Texts = new HashSet<string>(StringComparer.Ordinal)
    {
        "agency", "unit", "document_number", "common_number", "case_number", "case_title", "domain", "day",
        "lead_source", "lead_number", "lead_day",
        "party_name", "party_kind", "party_number", "party_address", "party_representative", "party_telephone",
        "item", "place", "act_day", "filing_facts", "filing_standard", "filed_day",
        "officer_1", "officer_1_certificate", "officer_2", "officer_2_certificate", "handlers",
        "facts", "basis_text", "discretion_rule", "report_remark",
        "sanction_text", "sanction_kinds", "fine", "fine_words", "confiscation", "confiscation_words", "correction_order",
        "legal_reviewer", "opinion_conclusion", "opinion_text",
        "notice_number", "notice_day", "hearing_due", "hearing_offered", "defence_text", "defence_waived", "defence_recheck",
        "hearing_day", "hearing_presider", "hearing_opinion",
        "discussion_day", "discussion_people", "discussion_record", "discussion_conclusion",
        "decision_number", "decision_day", "decision_title", "served_day", "reasons", "education", "payment_place", "ground", "paid", "paid_words", "closing_reason",
        "record_from", "record_until", "record_place", "record_content", "simple_statement",
        "preservation_reason", "about_title", "about_number", "about_day",
    };

    /// <summary>Lists with their columns.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Lists = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["evidence"] = ["no", "title", "common_number", "hash", "time", "span"],
        ["segments"] = ["no", "title", "common_number", "hash", "span"],
        ["basis"] = ["no", "law", "article", "says"],
        ["review"] = ["no", "point", "answer", "remark"],
        ["documents"] = ["no", "title", "number", "common_number", "day"],
        ["things"] = ["no", "name"],
    };

    public static bool Has(string path) =>
        Texts.Contains(path) || Lists.ContainsKey(path)
        || (path.Split('.') is [string list, string column] && Lists.TryGetValue(list, out string[]? columns) && columns.Contains(column));
}
