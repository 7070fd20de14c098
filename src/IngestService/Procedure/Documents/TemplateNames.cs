using EdgeEnforcement.IngestService.Procedure.Rules;
using Fluid;
using Fluid.Ast;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>Which names a template asks for, so that a slip of the pen is found when rules are activated and not when a document is due.</summary>
internal sealed class TemplateNames : AstVisitor
{
    private readonly Dictionary<string, string> _rowOf = []; // loop variable -> list
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <returns>Texts and lists by name, columns as "list.column".</returns>
    public static IReadOnlySet<string> Of(IFluidTemplate template)
    {
        TemplateNames visitor = new();
        visitor.VisitTemplate(template);
        return visitor._names;
    }

    /// <summary>Of a template that cannot be read: none.</summary>
    public static IReadOnlySet<string> Of(DocumentTemplate template) =>
        TemplateLanguage.Parse(template.Html).Template is { } parsed ? Of(parsed) : new SortedSet<string>();

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        if (forStatement.Source is MemberExpression { Segments: [IdentifierSegment list] })
            _rowOf[forStatement.Identifier] = list.Identifier;
        return base.VisitForStatement(forStatement);
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        string path = string.Join('.', memberExpression.Segments.Select(segment => (segment as IdentifierSegment)?.Identifier ?? "[]"));
        string first = path.Split('.')[0];
        if (_rowOf.TryGetValue(first, out string? list))
            _names.Add(list + path[first.Length..]);
        else if (first != "forloop")
            _names.Add(path);
        return base.VisitMemberExpression(memberExpression);
    }
}
