using System.Security.Cryptography;
using System.Text;
using EdgeEnforcement.IngestService.Procedure.Rules;
using Fluid;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>
/// Template and model to the draft, the same bytes always: one culture, no clock, no environment; the frame is an embedded file that never changes
/// under its name (docs/formats/documents.md).
/// </summary>
internal static class DocumentRenderer
{
    public static (RenderedDraft? Draft, DocumentProblem? Problem) Render(DocumentTemplate template, DocumentModel model)
    {
        (IFluidTemplate? parsed, string? error) = TemplateLanguage.Parse(template.Html);
        if (parsed is null)
            return (null, new DocumentProblem("template", $"模板{template.Id}（{template.Version}）无法读取：{error}"));
        try
        {
            string body = TemplateLanguage.Render(parsed, model);
            byte[] html = Encoding.UTF8.GetBytes(DocumentPage.Frame(template, body).ReplaceLineEndings("\n"));
            return (new RenderedDraft(html, SHA256.HashData(html)), null);
        }
        catch (MissingValueException missing)
        {
            return (null, new DocumentProblem(missing.Name, $"《{template.Title}》缺少“{WordsFor(template, missing.Name)}”"));
        }
        catch (InvalidOperationException fault) // the language's own limits: steps, filters
        {
            return (null, new DocumentProblem("template", $"模板{template.Id}（{template.Version}）无法填写：{fault.Message}"));
        }
    }

    private static string WordsFor(DocumentTemplate template, string name) =>
        template.Fields.FirstOrDefault(field => field.Key == name)?.Zh ?? name;
}
