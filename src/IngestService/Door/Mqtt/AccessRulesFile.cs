namespace EdgeEnforcement.IngestService.Door.Mqtt;

internal static class AccessRulesFile
{
    // Thousands of rules; more belongs into certificates.
    private const long LargestBytes = 1 << 20;

    public static AccessRules Read(string path, out IReadOnlyList<string> faults)
    {
        faults = [];
        if (path.Length == 0)
            return AccessRules.Nobody;
        try
        {
            if (new FileInfo(path).Length <= LargestBytes)
                return AccessRulesReader.Read(path, File.ReadAllBytes(path), out faults);
            faults = [$"Door:Mqtt:AccessFile: {path} is larger than {LargestBytes} bytes."];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults = [$"Door:Mqtt:AccessFile: {e.Message}"];
        }
        return AccessRules.Nobody;
    }
}
