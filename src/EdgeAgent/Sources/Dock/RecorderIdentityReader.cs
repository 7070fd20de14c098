using System.Text;
using System.Text.Json;

namespace EdgeEnforcement.EdgeAgent.Sources.Dock;

/// Finds a recorder's serial: an identity file by profile, else the one serial its file names agree on.
internal sealed class RecorderIdentityReader(RecordingNameParser names)
{
    // An identity file is a few lines; a large one is something else that happens to have the name.
    private const long LargestFileBytes = 64 << 10;
    private const int LongestSerial = 64;

    public RecorderIdentity Read(string bayPath, IReadOnlyList<DiskFile> files)
    {
        foreach (var profile in names.Profiles.IdentityFiles)
            if (TryReadFile(Path.Combine(bayPath, profile.Name), profile) is { Serial.Length: > 0 } identity)
                return identity;

        var serials = files.Select(f => names.Parse(f.Name).Serial).Where(s => s.Length > 0).Distinct(StringComparer.Ordinal).Take(2).ToArray();
        return serials.Length == 1 ? new RecorderIdentity(serials[0], "", "", "file names") : RecorderIdentity.Unknown;
    }

    public bool IsIdentityOrClockFile(string relativePath) =>
        names.Profiles.IdentityFiles.Any(p => string.Equals(p.Name, relativePath, StringComparison.OrdinalIgnoreCase))
        || string.Equals(names.Profiles.ClockFile?.Name, relativePath, StringComparison.OrdinalIgnoreCase);

    private static RecorderIdentity? TryReadFile(string path, IdentityFileProfile profile)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length is 0 or > LargestFileBytes)
                return null;
            var values = profile.Format == "json" ? ReadJson(path) : ReadKeyValue(path);
            var serial = Value(values, profile.SerialKey);
            return serial.Length > LongestSerial
                ? null
                : new RecorderIdentity(serial, Value(values, profile.OfficerKey), Value(values, profile.CaseNumberKey), profile.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // Unreadable is the same as absent: the bay goes amber and the files are copied.
            return null;
        }
    }

    private static string Value(Dictionary<string, string> values, string key) =>
        values.TryGetValue(key, out var value) ? value.Trim().Trim('\0') : "";

    private static Dictionary<string, string> ReadJson(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return [];
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in document.RootElement.EnumerateObject())
            values[property.Name] = property.Value.ToString();
        return values;
    }

    private static Dictionary<string, string> ReadKeyValue(string path)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in File.ReadAllLines(path, Encoding.UTF8))
            if (line.IndexOfAny(['=', ':']) is > 0 and var at)
                values[line[..at].Trim()] = line[(at + 1)..];
        return values;
    }
}
