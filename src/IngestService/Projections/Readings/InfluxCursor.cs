using System.Globalization;
using System.Text;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Projections.Readings;

/// <summary>
/// How far the readings are in Influx: position, the leaf before it, and the place they went to, in a file of three lines. Written after the
/// server took them; a crash before that sends them once more, as the same points.
/// </summary>
internal sealed class InfluxCursor(IFileSystem files, string path, string target)
{
    /// <summary>0 for another place, another ledger, or a file that says nothing.</summary>
    public ulong Read(ILedgerReader ledger)
    {
        if (DurableFile.Read(files, path) is not { } bytes || Encoding.UTF8.GetString(bytes).Split('\n') is not [var position, var mark, var place, ..])
            return 0;
        return place == target && ulong.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out ulong at) && IsHex(mark)
            && CursorMark.Foreign(ledger, at, Convert.FromHexString(mark)) is null ? at : 0;
    }

    public void Write(ulong position, ReadOnlyMemory<byte> lastLeaf)
    {
        files.CreateDirectory(DurableFile.DirectoryOf(path));
        DurableFile.Replace(files, path, Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{position}\n{Convert.ToHexStringLower(CursorMark.Of(lastLeaf))}\n{target}\n")));
    }

    private static bool IsHex(string text) => text.Length % 2 == 0 && text.All(char.IsAsciiHexDigit);
}
