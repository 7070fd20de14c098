namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>One article in one version. The same id may stand several times with periods that do not overlap.</summary>
/// <param name="Id">"APL-42".</param>
/// <param name="Law">中华人民共和国行政处罚法.</param>
/// <param name="Article">第四十二条.</param>
/// <param name="Says">Condensed, for the page; never instead of the text.</param>
/// <param name="Source">Where it was read; "unverified" until somebody checked it.</param>
internal sealed record LawArticle(string Id, string Law, string Article, DateOnly? From, DateOnly? Through, string Says, string Source)
{
    public bool Holds(DateOnly day) => (From is null || From <= day) && (Through is null || day <= Through);
}
