using System.Globalization;

namespace EdgeEnforcement.Benchmarks.Load;

internal static class Percentiles
{
    public static string Line(double[] milliseconds)
    {
        Array.Sort(milliseconds);
        return string.Create(CultureInfo.InvariantCulture,
            $"p50 {At(milliseconds, 0.50):F2} ms, p99 {At(milliseconds, 0.99):F2} ms, p99.9 {At(milliseconds, 0.999):F2} ms");
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
