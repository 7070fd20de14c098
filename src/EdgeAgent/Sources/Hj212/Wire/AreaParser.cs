namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// The data area: ';' between items, ',' between fields of one item, '=' between name and value. Text of people stands between "//" and
/// may hold all three (CN 3020: i11001-Info=//...//).
internal static class AreaParser
{
    private const string Quote = "//";

    public static IReadOnlyList<IReadOnlyList<Hj212Field>> Parse(ReadOnlySpan<char> area, List<string> warnings)
    {
        var items = new List<IReadOnlyList<Hj212Field>>();
        if (area.IsEmpty)
            return items;
        var fields = new List<Hj212Field>();
        bool sawBlank = false, sawEmpty = false;
        while (true)
        {
            var length = LengthOfField(area);
            var text = area[..length].Trim(' ');
            sawBlank |= text.Length != length;
            sawEmpty |= text.IsEmpty;
            if (!text.IsEmpty)
                fields.Add(Field(text, warnings));
            var isLast = length == area.Length;
            if ((isLast || area[length] == ';') && fields.Count > 0)
            {
                items.Add(fields);
                fields = [];
            }
            if (isLast)
                break;
            area = area[(length + 1)..]; // empty after a separator that nothing follows: an empty item
        }
        if (sawBlank)
            warnings.Add(Erratum.Blank);
        if (sawEmpty)
            warnings.Add(Erratum.EmptyItem);
        return items;
    }

    /// Up to the next separator that does not stand between "//" and "//".
    private static int LengthOfField(ReadOnlySpan<char> area)
    {
        var length = area.IndexOfAny(';', ',');
        var equals = area.IndexOf('=');
        if (equals >= 0 && (length < 0 || equals < length) && area[(equals + 1)..].StartsWith(Quote))
        {
            var from = equals + 1 + Quote.Length;
            var close = area[from..].IndexOf(Quote);
            if (close >= 0)
            {
                from += close + Quote.Length;
                var next = area[from..].IndexOfAny(';', ',');
                return next < 0 ? area.Length : from + next;
            }
        }
        return length < 0 ? area.Length : length;
    }

    private static Hj212Field Field(ReadOnlySpan<char> text, List<string> warnings)
    {
        var at = text.IndexOf('=');
        if (at >= 0)
            return new Hj212Field(text[..at].TrimEnd(' ').ToString(), text[(at + 1)..].TrimStart(' ').ToString());
        if (!warnings.Contains(Erratum.NoValue))
            warnings.Add(Erratum.NoValue);
        return new Hj212Field(text.ToString(), "");
    }
}
