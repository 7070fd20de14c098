using System.Globalization;
using System.Text;

namespace EdgeEnforcement.Evidence;

/// <summary>
/// The deterministic name of an alert's episode (alert.proto): lower-case hex of the first 16 bytes of
/// SHA-256(device LF rule LF target LF episode start in Unix milliseconds).
/// </summary>
public static class EpisodeId
{
    private const int HexLength = 32;

    public static string Derive(string device, string rule, string target, DateTimeOffset episodeStart)
    {
        // A newline inside a part would let two different episodes share a name.
        if (device.Contains('\n') || rule.Contains('\n') || target.Contains('\n'))
            throw new ArgumentException("Device, rule and target are single lines.");
        var text = string.Create(CultureInfo.InvariantCulture, $"{device}\n{rule}\n{target}\n{episodeStart.ToUnixTimeMilliseconds()}");
        return Sha256Hash.Of(Encoding.UTF8.GetBytes(text)).ToString()[..HexLength];
    }
}
