using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>
/// A folder of rules put together into the one file that is activated: its one JSON file, and as "templates" those of its subfolder of that name,
/// in the order of their file names. The same folder gives the same bytes.
/// </summary>
internal static class RulesFolder
{
    private static readonly JsonDocumentOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip };

    // What is sent is kept for ever and read by people: Chinese as it is.
    private static readonly JsonSerializerOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A file is taken as it is, byte for byte.</summary>
    /// <exception cref="InvalidDataException">A file is no JSON, or there is not one file to begin with.</exception>
    public static byte[] Read(string path)
    {
        if (!Directory.Exists(path))
            return File.ReadAllBytes(path);
        string[] files = Directory.GetFiles(path, "*.json");
        if (files is not [string file])
            throw new InvalidDataException($"{path} holds {files.Length} JSON files, not one");
        if (Parse(file) is not JsonObject rules)
            throw new InvalidDataException($"{file} holds no object");
        string folder = Path.Combine(path, "templates");
        if (!Directory.Exists(folder))
            return Bytes(rules);
        if (rules.ContainsKey("templates"))
            throw new InvalidDataException($"{file} has templates, and so has its folder: one of the two");
        rules["templates"] = new JsonArray([.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Parse)]);
        return Bytes(rules);
    }

    private static JsonNode? Parse(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllBytes(file), documentOptions: Reading);
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{file} is no JSON: {fault.Message}", fault);
        }
    }

    private static byte[] Bytes(JsonNode rules) => System.Text.Encoding.UTF8.GetBytes(rules.ToJsonString(Writing));
}
