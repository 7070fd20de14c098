using System.Numerics;

namespace EdgeEnforcement.Benchmarks.Load.Mqtt;

/// <summary>Counts in buckets that are at most 1/64 of their value wide, from one nanosecond to hours. One thread writes.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 6;
    private const int Sub = 1 << SubBits;

    private readonly long[] _counts = new long[64 * Sub];

    public long Count { get; private set; }

    public void Add(long nanoseconds)
    {
        _counts[IndexOf(Math.Max(nanoseconds, 1))]++;
        Count++;
    }

    public void Clear()
    {
        Array.Clear(_counts);
        Count = 0;
    }

    public void AddAll(LatencyHistogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
        Count += other.Count;
    }

    public double MillisecondsAt(double share)
    {
        var rank = (long)(Count * share);
        for (var i = 0; i < _counts.Length; i++)
        {
            rank -= _counts[i];
            if (rank < 0)
                return ValueOf(i) / 1e6;
        }
        return double.NaN;
    }

    private static int IndexOf(long value)
    {
        var exponent = BitOperations.Log2((ulong)value);
        return exponent < SubBits ? (int)value : ((exponent - SubBits + 1) << SubBits) + (int)((value >> (exponent - SubBits)) & (Sub - 1));
    }

    private static double ValueOf(int index)
    {
        var row = index >> SubBits;
        return row == 0 ? index : (double)((long)(Sub + (index & (Sub - 1))) << (row - 1));
    }
}
