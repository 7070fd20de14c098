namespace EdgeEnforcement.OutletSimulator;

/// <summary>What an instrument shows: a level, how far it swings over the day and how much it jitters.</summary>
/// <param name="IsPollution">An incident changes it.</param>
internal sealed record Factor(string Code, double Level, double Swing, double Jitter, string Format, bool IsPollution = false)
{
    public static IReadOnlyList<Factor> OfOutlet { get; } =
    [
        new("w00000", 17, 4, 0.8, "F2"), new("w01001", 7.3, 0.2, 0.05, "F2"), new("w01010", 21, 2, 0.1, "F1"),
        new("w01018", 31, 6, 1.5, "F1", IsPollution: true), new("w21003", 2.1, 0.6, 0.15, "F3", IsPollution: true), new("w21011", 0.31, 0.05, 0.02, "F3"),
    ];

    public static IReadOnlyList<Factor> OfAir { get; } =
    [
        new("a34004", 36, 12, 2, "F0"), new("a34002", 61, 15, 3, "F0"), new("a21026", 8, 2, 0.5, "F0"), new("a21004", 27, 9, 1, "F0"),
        new("a21005", 0.7, 0.2, 0.05, "F2"), new("a01001", 22, 5, 0.1, "F1"), new("a01002", 68, 10, 0.5, "F0"), new("a01006", 98.4, 0.2, 0.02, "F2"),
        new("a01007", 1.6, 0.7, 0.3, "F1"), new("a01008", 140, 60, 12, "F0"),
    ];

    /// <summary>The same for the same station and instant, whenever it is asked: that is the logger's memory.</summary>
    public double At(int station, DateTimeOffset at)
    {
        var slot = at.ToUnixTimeSeconds() / 5;
        var day = Math.Sin(2 * Math.PI * ((at.ToUnixTimeSeconds() / 86_400.0) + (station * 0.13)));
        return Math.Max(0, Level + (Swing * day) + (Jitter * Noise(slot, station, Code)));
    }

    // -1 .. 1, out of a hash: no generator whose state would have to be kept.
    private static double Noise(long slot, int station, string code)
    {
        var hash = (ulong)slot * 0x9E3779B97F4A7C15 ^ (ulong)station * 0xC2B2AE3D27D4EB4F;
        foreach (var c in code)
            hash = (hash ^ c) * 0x100000001B3;
        hash ^= hash >> 29;
        return ((hash * 0xBF58476D1CE4E5B9 >> 40) / (double)(1 << 23)) - 1;
    }
}
