using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Service;

/// <summary>The sample rules of the repository, whole: chongqing.json with its templates.</summary>
internal static class RulesFile
{
    private static readonly JsonDocumentOptions Comments = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static byte[] Bytes(Action<JsonObject>? change = null)
    {
        string folder = Path.Combine(Root(), "samples", "procedure");
        JsonObject rules = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "chongqing.json")), documentOptions: Comments)!.AsObject();
        JsonArray templates = [];
        foreach (string path in Directory.GetFiles(Path.Combine(folder, "templates"), "*.json").Order(StringComparer.Ordinal))
            templates.Add(JsonNode.Parse(File.ReadAllText(path), documentOptions: Comments));
        rules["templates"] = templates;
        change?.Invoke(rules);
        return JsonSerializer.SerializeToUtf8Bytes(rules);
    }

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeEnforcement.sln")))
            folder = folder.Parent;
        return folder!.FullName;
    }
}
