using EdgeEnforcement.EdgeAgent.Hosting;
using EdgeEnforcement.EdgeAgent.Spool;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.EdgeAgent.Detection;

/// Where detection keeps itself, below the data directory:
///
///   detection/state                what SavedDetection says
///   detection/rules-{sha256}.json  the rule set that state was made under, byte for byte; written before a state that names it
internal sealed class DetectionFiles(IFileSystem files, AgentPaths paths)
{
    private string State => Path.Combine(paths.Detection, "state");

    public void Open() => files.CreateDirectory(paths.Detection);

    /// Null: there is none.
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public SavedDetection? Load() => SealedFile.ReadDurable(files, State) is { } bytes ? SavedDetection.Parse(bytes) : null;

    public void Save(SavedDetection saved) => SealedFile.Write(files, State, saved.Format());

    public byte[]? LoadRules(Sha256Hash sha256) =>
        AtomicFile.Read(files, RulesPath(sha256)) is { } bytes && Sha256Hash.Of(bytes) == sha256 ? bytes : null;

    public void SaveRules(Sha256Hash sha256, byte[] content) => AtomicFile.Write(files, RulesPath(sha256), content);

    /// Rule sets no state names any more.
    public void DeleteOtherRules(Sha256Hash inForce)
    {
        foreach (var name in files.EnumerateFiles(paths.Detection).Where(n => n.StartsWith("rules-", StringComparison.Ordinal)))
            if (Path.Combine(paths.Detection, name) is var path && path != RulesPath(inForce))
                files.Delete(path);
    }

    /// The configured rule file as it is now; null: it is not there, or cannot be read.
    public byte[]? ReadRuleFile(string path, out string why)
    {
        try
        {
            why = "there is no such file";
            return AtomicFile.Read(files, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            why = e.Message;
            return null;
        }
    }

    private string RulesPath(Sha256Hash sha256) => Path.Combine(paths.Detection, $"rules-{sha256}.json");
}
