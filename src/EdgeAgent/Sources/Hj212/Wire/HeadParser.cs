namespace EdgeEnforcement.EdgeAgent.Sources.Hj212.Wire;

/// The part before CP: names are fixed and their values hold neither separator, so a comma can only stand for a semicolon (examples C.20
/// and C.48 of 2017) and a semicolon that is missing (Flag=5CP=) is not missed.
internal static class HeadParser
{
    public static IReadOnlyList<Hj212Field> Parse(ReadOnlySpan<char> head, List<string> warnings)
    {
        if (!head.IsEmpty && head[^1] is not (';' or ',' or ' '))
            warnings.Add(Erratum.MissingSeparator);
        if (head.Contains(','))
            warnings.Add(Erratum.Comma);
        if (head.Contains(' '))
            warnings.Add(Erratum.Blank);
        var fields = new List<Hj212Field>(8);
        foreach (var range in head.SplitAny(';', ','))
        {
            var part = head[range].Trim(' ');
            if (part.IsEmpty)
                continue;
            var at = part.IndexOf('=');
            if (at < 0)
                warnings.Add(Erratum.NoValue);
            else
                fields.Add(new Hj212Field(part[..at].Trim(' ').ToString(), part[(at + 1)..].Trim(' ').ToString()));
        }
        return fields;
    }
}
