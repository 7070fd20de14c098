using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure.Documents;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>A document's form (文书格式). Liquid (docs/formats/documents.md): what stands in <c>{{...}}</c> is taken from the case or typed by the handler.</summary>
/// <param name="Html">Body; page frame, type area and foot with the draft's hash are the renderer's.</param>
/// <param name="NumberPattern">文号: "{agency}罚决〔{year}〕{n}号"; empty: the kind has no number of its own.</param>
/// <param name="Internal">副卷: internal opinions.</param>
/// <param name="Fields">What the handler must type.</param>
internal sealed record DocumentTemplate(
    string Id, string Version, DocumentKind Kind, string Title, string NumberPattern, bool Internal, string Html,
    IReadOnlyList<TemplateField> Fields, IReadOnlyList<string> Domains, DateOnly? From, DateOnly? Through, string Source)
{
    /// <summary>Page around the body; a frame never changes under its name, or old documents would no longer hash as they did.</summary>
    public string Frame { get; init; } = DocumentPage.DefaultFrame;

    /// <summary>Says 示例 on each first page until the agency's own legal unit approved the wording.</summary>
    public bool IsSample => Source.StartsWith("示例", StringComparison.Ordinal);

    public bool Holds(DateOnly day) => (From is null || From <= day) && (Through is null || day <= Through);
}
