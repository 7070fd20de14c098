using System.Globalization;
using System.Text;

namespace EdgeEnforcement.Evidence;

/// <summary>Paths of tiles and entry bundles below a ledger's prefix (C2SP tlog-tiles).</summary>
public static class TilePath
{
    /// <summary><c>tile/L/N[.p/W]</c>.</summary>
    public static string ForTile(int level, ulong index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 63);
        return Format(string.Create(CultureInfo.InvariantCulture, $"tile/{level}/"), index, width);
    }

    /// <summary><c>tile/entries/N[.p/W]</c>.</summary>
    public static string ForEntries(ulong index, int width) => Format("tile/entries/", index, width);

    // N stands in groups of three digits, every group but the last marked x: 1234067 is x001/x234/067.
    private static string Format(string prefix, ulong index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, TileMath.FullWidth);

        var path = new StringBuilder(prefix);
        var at = path.Length;
        path.Append((index % 1000).ToString("D3", CultureInfo.InvariantCulture));
        for (var rest = index / 1000; rest > 0; rest /= 1000)
            path.Insert(at, string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:D3}/"));
        if (width != TileMath.FullWidth)
            path.Append(CultureInfo.InvariantCulture, $".p/{width}");
        return path.ToString();
    }
}
