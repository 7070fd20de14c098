using System.Text;

namespace EdgeEnforcement.Benchmarks.Load.Cases;

/// <summary>A message of a variant, and where in it the marks stand. What takes a mark's place is as long as the mark, so that no length changes.</summary>
internal sealed class StampedBytes
{
    private readonly byte[] _bytes;
    private readonly (int At, int Mark)[] _places;

    public StampedBytes(byte[] bytes)
    {
        _bytes = bytes;
        _places = [.. CaseIds.Marks.SelectMany((mark, number) => Find(bytes, Encoding.ASCII.GetBytes(mark)).Select(at => (at, number)))];
    }

    public int Length => _bytes.Length;

    public byte[] Of(string[] values)
    {
        byte[] stamped = [.. _bytes];
        foreach ((int at, int mark) in _places)
            Encoding.ASCII.GetBytes(values[mark], stamped.AsSpan(at));
        return stamped;
    }

    private static IEnumerable<int> Find(byte[] bytes, byte[] mark)
    {
        for (int at = bytes.AsSpan().IndexOf(mark); at >= 0;)
        {
            yield return at;
            int next = bytes.AsSpan(at + mark.Length).IndexOf(mark);
            at = next < 0 ? -1 : at + mark.Length + next;
        }
    }
}
