using System.Globalization;
using EdgeEnforcement.Evidence;

namespace EdgeEnforcement.IngestService.Media;

/// <summary>Where a file lies at each point of its life. The only place that builds these names.</summary>
internal sealed class MediaPaths(string root)
{
    public string Root { get; } = root;

    public string IncomingDirectory(ulong manifestIndex) => Path.Combine(Root, "incoming", Text(manifestIndex));

    public string Data(ulong manifestIndex) => Path.Combine(IncomingDirectory(manifestIndex), "data");

    public string State(ulong manifestIndex) => Path.Combine(IncomingDirectory(manifestIndex), "state");

    public string ObjectDirectory(Sha256Hash content) => Path.Combine(Root, "objects", content.ToString()[..2]);

    public string Object(Sha256Hash content) => Path.Combine(ObjectDirectory(content), content.ToString());

    /// <summary>Notes of what must go from the store, named by manifest; each is gone when its work is done.</summary>
    public string ErasingDirectory => Path.Combine(Root, "erasing");

    public string Erasing(ulong manifestIndex) => Path.Combine(ErasingDirectory, Text(manifestIndex));

    public string QuarantineDirectory => Path.Combine(Root, "quarantine");

    public static string QuarantineName(ulong manifestIndex, Sha256Hash found) => QuarantinePrefix(manifestIndex) + found;

    public static string QuarantinePrefix(ulong manifestIndex) => Text(manifestIndex) + "-";

    public string Quarantine(ulong manifestIndex, Sha256Hash found) =>
        Path.Combine(QuarantineDirectory, QuarantineName(manifestIndex, found));

    private static string Text(ulong manifestIndex) => manifestIndex.ToString(CultureInfo.InvariantCulture);
}
