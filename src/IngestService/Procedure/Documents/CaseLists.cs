using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>The lists a document may print: evidence, recordings of a transcript, articles, review points, documents, things.</summary>
internal static class CaseLists
{
    // Of a SHA-256, in hexadecimal: enough to tell the file apart, short enough to be read out.
    private const int HashPrefix = 16;

    public static void Fill(DocumentModel model, DocumentRequest request)
    {
        model.SetList("evidence", EvidenceKeys(request).Select((key, at) => EvidenceRow(request.Case, key, at)));
        model.SetList("segments", Segments(request).Select((segment, at) => SegmentRow(request.Case, segment, at)));
        model.SetList("basis", Basis(request).Select((article, at) =>
            Row(at, ("law", article.Law), ("article", article.Article), ("says", article.Says))));
        model.SetList("review", ReviewRows(request));
        model.SetList("documents", request.Case.Documents.Select(DocumentRow));
        model.SetList("things", (request.Case.Preservations.LastOrDefault(track => track.Outcome.Length == 0)?.What?.Things ?? [])
            .Select((thing, at) => Row(at, ("name", thing))));
    }

    /// <summary>What the document cites; without a list of its own, a report, notice or decision cites what the report relies on.</summary>
    public static IReadOnlyList<string> EvidenceKeys(DocumentRequest request) => request.Document.EvidenceKeys.Count > 0
        ? [.. request.Document.EvidenceKeys.Distinct()]
        : DocumentRules.RestsOnReport(request.Document.Kind) ? [.. request.Case.Report?.EvidenceKeys.Distinct() ?? []] : [];

    public static IReadOnlyList<MediaSegment> Segments(DocumentRequest request) => request.Document.Kind switch
    {
        DocumentKind.SimpleDecision => request.Case.Simple?.Media ?? [],
        _ => RecordOf(request)?.Media ?? [],
    };

    /// <summary>The newest transcript of the document's kind.</summary>
    public static InvestigationRecord? RecordOf(DocumentRequest request)
    {
        InvestigationRecordKind kind = request.Document.Kind switch
        {
            DocumentKind.InquiryRecord => InvestigationRecordKind.Inquiry,
            DocumentKind.SceneRecord => InvestigationRecordKind.Scene,
            _ => InvestigationRecordKind.Unspecified,
        };
        return kind == InvestigationRecordKind.Unspecified ? null : request.Case.Records.LastOrDefault(record => record.Kind == kind);
    }

    /// <summary>Articles relied on, as they were in force on the day of the act; an id the rules do not know is left to the guards.</summary>
    public static IEnumerable<LawArticle> Basis(DocumentRequest request)
    {
        IEnumerable<string> ids = request.Case.Report?.Basis ?? request.Case.Simple?.Basis ?? [];
        string actDay = FilingOf(request.Case)?.ActThroughDay ?? "";
        DateOnly day = CivilDay.TryParse(actDay, out DateOnly known) ? known : CivilDay.Of(request.At.ToUnixTimeMilliseconds() * 1000);
        return ids.Select(id => request.Rules.ArticleOn(id, day)).OfType<LawArticle>();
    }

    /// <summary>As it was approved; before that as it is asked for; of the simple procedure what was found on the spot.</summary>
    public static Filing? FilingOf(ProcedureCase subject) => subject.Filing ?? subject.Pending?.Act?.Filing ?? subject.Simple?.Finding;

    public static string TimeOf(EvidenceSource source)
    {
        string from = ChineseDate.Second(source.CapturedAt);
        string until = ChineseDate.Second(source.CapturedUntil);
        return until.Length == 0 || until == from ? from : $"{from} 至 {until}";
    }

    public static string HashOf(EvidenceSource source)
    {
        string hash = Convert.ToHexStringLower(source.Sha256.Span);
        return hash[..Math.Min(HashPrefix, hash.Length)];
    }

    private static SortedDictionary<string, string> EvidenceRow(ProcedureCase subject, string key, int at)
    {
        CaseEvidence evidence = subject.Evidence.First(item => item.Source.Key == key); // citing was checked
        IEnumerable<string> spans = subject.Records.SelectMany(record => record.Media).Where(segment => segment.EvidenceKey == key)
            .Select(segment => ChineseDate.Span(segment.FromMs, segment.UntilMs)).Distinct();
        return Row(at, ("title", evidence.Source.Title), ("common_number", evidence.CommonNumber), ("hash", HashOf(evidence.Source)),
            ("time", TimeOf(evidence.Source)), ("span", string.Join('、', spans)));
    }

    private static SortedDictionary<string, string> SegmentRow(ProcedureCase subject, MediaSegment segment, int at)
    {
        CaseEvidence evidence = subject.Evidence.First(item => item.Source.Key == segment.EvidenceKey);
        return Row(at, ("title", evidence.Source.Title), ("common_number", evidence.CommonNumber), ("hash", HashOf(evidence.Source)),
            ("span", ChineseDate.Span(segment.FromMs, segment.UntilMs)));
    }

    private static IEnumerable<SortedDictionary<string, string>> ReviewRows(DocumentRequest request)
    {
        IEnumerable<ChecklistAnswer> answers = request.Case.Opinion?.Checklist ?? [];
        return answers.Select((given, at) => Row(at,
            ("point", request.Rules.ReviewChecklist.FirstOrDefault(point => point.Code == given.Point)?.Zh ?? given.Point),
            ("answer", given.Answer == Answer.Yes ? "是" : "否"), ("remark", given.Remark)));
    }

    private static SortedDictionary<string, string> DocumentRow(CaseDocument document, int at) => Row(at,
        ("title", DocumentWords.Of(document.Kind)), ("number", document.DocumentNumber), ("common_number", document.CommonNumber),
        ("day", ChineseDate.Day(document.IssuedAt)));

    private static SortedDictionary<string, string> Row(int at, params ReadOnlySpan<(string Name, string Text)> columns)
    {
        SortedDictionary<string, string> row = new(StringComparer.Ordinal) { ["no"] = (at + 1).ToString(CultureInfo.InvariantCulture) };
        foreach ((string name, string text) in columns)
            row[name] = text;
        return row;
    }
}
