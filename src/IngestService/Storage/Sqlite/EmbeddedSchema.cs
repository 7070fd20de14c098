using System.Reflection;

namespace EdgeEnforcement.IngestService.Storage.Sqlite;

/// <summary>Schemas lie beside the class that writes them, as embedded .sql files.</summary>
internal static class EmbeddedSchema
{
    public static string Read(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"Embedded schema {name} is missing.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
