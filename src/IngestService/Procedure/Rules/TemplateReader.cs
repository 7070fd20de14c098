using System.Text.Json;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection;
using EdgeEnforcement.Detection.Rules;
using EdgeEnforcement.IngestService.Procedure.Documents;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>Reads one document template: an element of the rules' "templates", or a file of its own (samples/procedure/templates).</summary>
internal static class TemplateReader
{
    private const int LongestHtml = 100_000;

    public static DocumentTemplate Read(ObjectReader json)
    {
        (DateOnly? from, DateOnly? through) = RuleParts.Period(json);
        DocumentTemplate template = new(
            json.Text("id", longest: 64), json.Text("version", longest: 32), json.Choice("kind", ProtoNames<DocumentKind>.All), json.Text("title", longest: 100),
            json.Text("numberPattern", "", longest: 100), json.Flag("internal", otherwise: false), Html(json), Fields(json),
            RuleParts.Domains(json), from, through, json.Text("source", longest: 200))
        {
            Frame = json.Text("frame", DocumentPage.DefaultFrame, longest: 64),
        };
        json.Finish();
        foreach ((string member, string reason) in TemplateCheck.WhatIsWrong(template))
            json.Note(member, reason);
        return template;
    }

    /// <summary>A file that holds one template.</summary>
    public static DocumentTemplate? TryParse(ReadOnlySpan<byte> utf8, out IReadOnlyList<string> errors)
    {
        List<RuleSetError> noted = [];
        DocumentTemplate? template = null;
        try
        {
            LocatedJson json = LocatedJson.Read(utf8);
            if (json.Type == JsonTokenType.StartObject)
                template = Read(new ObjectReader(json, "", noted));
            else
                noted.Add(new RuleSetError(json.Line, "", "must be an object"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader answers text that is no UTF-8 in its own way.
            noted.Add(new RuleSetError(1, "", $"is no JSON: {e.Message}"));
        }

        errors = [.. noted.Select(error => error.Path.Length > 0 ? $"{error.Path}: {error.Reason}" : error.Reason)];
        return errors.Count == 0 ? template : null;
    }

    // One text, or one text a line: a file that people compare wants the second.
    private static string Html(ObjectReader json)
    {
        if (json.Json.Members.Find(member => member.Name == "html").Value?.Type != JsonTokenType.StartArray)
            return json.LongText("html", LongestHtml);
        string html = string.Join('\n', json.Texts("html"));
        if (html.Length > LongestHtml)
            json.Note("html", FormattableString.Invariant($"has {html.Length} characters, at most {LongestHtml} are possible"));
        return html;
    }

    private static List<TemplateField> Fields(ObjectReader template)
    {
        List<TemplateField> fields = [];
        foreach (ObjectReader json in template.Objects("fields", required: false))
        {
            TemplateField field = new(
                json.Text("key", longest: 64), json.Text("zh", longest: 100), json.Text("en", longest: 100), json.Flag("required", otherwise: true),
                json.Flag("long", otherwise: false));
            if (fields.Any(known => known.Key == field.Key))
                json.Note("key", $"'{field.Key}' is there twice");
            fields.Add(field);
            json.Finish();
        }

        return fields;
    }
}
