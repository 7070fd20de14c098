using System.Globalization;
using System.Text;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Origins;

/// <summary>
/// The file 'origins': the data directory's own record of the names it signs under, and of their public keys.
///
///   edgeenforcement-origins-v1
///   1 0 NAME VERIFIERKEY          number, index of its OriginOpened entry, name, key; the last line's origin signs
///   2 1234 NAME VERIFIERKEY
///   sha256 HEX                    over everything before this line
///
/// Replaced as a whole. It is written on the first start and by open-new-origin; what an older program left has none and gets one.
/// </summary>
internal static class LedgerOriginsFile
{
    private const string Head = "edgeenforcement-origins-v1";
    private const string Seal = "sha256 ";

    /// <summary>Null if there is none.</summary>
    public static IReadOnlyList<LedgerOrigin>? Read(IFileSystem files, LedgerPaths paths)
    {
        if (DurableFile.Read(files, paths.Origins) is not { } bytes)
            return null;
        return Parse(Encoding.UTF8.GetString(bytes)) ?? throw new LedgerFatalException($"'{paths.Origins}' is not as it was written");
    }

    public static void Write(IFileSystem files, LedgerPaths paths, IReadOnlyList<LedgerOrigin> origins) =>
        DurableFile.Replace(files, paths.Origins, Format(origins));

    public static byte[] Format(IReadOnlyList<LedgerOrigin> origins)
    {
        var text = new StringBuilder(Head).Append('\n');
        foreach (var origin in origins)
            text.Append(CultureInfo.InvariantCulture, $"{origin.Number} {origin.FromSize} {origin.Name} {origin.VerifierKey}\n");
        var content = text.ToString();
        return Encoding.UTF8.GetBytes($"{content}{Seal}{Sha256Hash.Of(Encoding.UTF8.GetBytes(content))}\n");
    }

    public static IReadOnlyList<LedgerOrigin>? Parse(string text)
    {
        var at = text.LastIndexOf("\n" + Seal, StringComparison.Ordinal) + 1;
        if (at == 0 || text[at..] != $"{Seal}{Sha256Hash.Of(Encoding.UTF8.GetBytes(text[..at]))}\n")
            return null;
        var lines = text[..at].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines[0] != Head || lines.Length < 2)
            return null;
        var origins = new List<LedgerOrigin>();
        foreach (var line in lines[1..])
        {
            if (line.Split(' ') is not [var number, var from, var name, var key] || number != (origins.Count + 1).ToString(CultureInfo.InvariantCulture)
                || !ulong.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var fromSize)
                || !NoteVerifier.TryParse(key, out var verifier) || verifier.Name != name)
                return null;
            origins.Add(new LedgerOrigin(origins.Count + 1, name, fromSize, key));
        }
        return origins;
    }
}
