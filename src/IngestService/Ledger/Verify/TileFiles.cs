using System.Globalization;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.SegmentLog;

namespace EdgeEnforcement.IngestService.Ledger.Verify;

/// <summary>Tiles as they lie on disk, without a service: a partial one is answered from the full one or from a wider partial.</summary>
internal sealed class TileFiles(IFileSystem files, string publicDirectory) : ITileSource
{
    public bool TryReadTile(int level, ulong index, int width, Span<byte> destination)
    {
        var full = Path.Combine(publicDirectory, TilePath.ForTile(level, index, TileMath.FullWidth));
        if (TryRead(full, destination))
            return true;
        foreach (var name in files.EnumerateFiles(full + ".p"))
            if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var wide) && wide >= width
                && TryRead(Path.Combine(full + ".p", name), destination))
                return true;
        // The full tile may have taken the place of the partial ones meanwhile.
        return TryRead(full, destination);
    }

    private bool TryRead(string path, Span<byte> destination)
    {
        try
        {
            if (DurableFile.Read(files, path) is not { } bytes || bytes.Length < destination.Length)
                return false;
            bytes.AsSpan(0, destination.Length).CopyTo(destination);
            return true;
        }
        catch (FileNotFoundException)
        {
            return false; // deleted between two looks
        }
    }
}
