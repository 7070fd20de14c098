using System.Reflection;
using System.Text;
using EdgeEnforcement.IngestService.Procedure.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>
/// The page around a document's body, and the second pass for paper. The draft's hash cannot stand in the bytes it is the hash of: for printing
/// one line is put before <c>&lt;/head&gt;</c> that makes the foot of each page show it. Taking that line out gives the draft back, byte for byte.
/// </summary>
internal static class DocumentPage
{
    private const string EndOfHead = "</head>\n";
    private const string FootStart = "<style id=\"ee-foot\">";

    /// <summary>Frames by name. A frame that was ever used stays as it is: another look is another name.</summary>
    public const string DefaultFrame = "gb9704-1";

    public static bool HasFrame(string name) => Resource(name) is not null;

    public static string Frame(DocumentTemplate template, string body)
    {
        string css = Resource(template.Frame) ?? throw new InvalidOperationException($"there is no frame {template.Frame}");
        string title = TemplateLanguage.Encoder.Encode(template.Title);
        string sample = template.IsSample ? " data-sample=\"示例\"" : "";
        return $"""
            <!DOCTYPE html>
            <html lang="zh-CN">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{title}</title>
            <style>
            {css.Trim()}
            </style>
            {EndOfHead.Trim()}
            <body{sample}>
            {body.Trim()}
            </body>
            </html>

            """;
    }

    /// <summary>The draft as it is printed: each page's foot shows the whole hash, which a scan is bound by.</summary>
    public static byte[] ForPaper(RenderedDraft draft)
    {
        string html = Encoding.UTF8.GetString(draft.Html);
        int at = html.IndexOf(EndOfHead, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(html.Insert(at, Foot(Printed(draft.Sha256))));
    }

    /// <summary>The draft a printed page came from.</summary>
    public static byte[] WithoutFoot(byte[] paper)
    {
        string html = Encoding.UTF8.GetString(paper);
        int from = html.IndexOf(FootStart, StringComparison.Ordinal);
        return from < 0 ? paper : Encoding.UTF8.GetBytes(html.Remove(from, html.IndexOf('\n', from) + 1 - from));
    }

    /// <summary>As it stands on paper: groups of eight, for the eye that compares and the hand that types it.</summary>
    public static string Printed(byte[] sha256) => string.Join(' ', Convert.ToHexStringLower(sha256).Chunk(8).Select(group => new string(group)));

    private static string Foot(string hash) =>
        FootStart + "@page{@bottom-center{font:7pt \"SimSun\",\"Noto Serif CJK SC\",serif;color:#333;vertical-align:bottom;padding-bottom:9mm;"
        + "content:\"文稿校验 SHA-256 " + hash + "\"}}</style>\n";

    private static string? Resource(string frame)
    {
        using Stream? stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{frame}.css");
        if (stream is null)
            return null;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
