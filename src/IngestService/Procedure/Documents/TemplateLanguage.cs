using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;
using Fluid.Values;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>
/// What a template may say: Liquid (Fluid.Core) with <c>if</c>, <c>unless</c>, <c>for</c> and the one filter <c>paragraphs</c>. No files, no includes, no
/// assignments, no clock, no object of ours: values are texts and lists of rows. Everything printed is HTML-encoded.
/// </summary>
internal static class TemplateLanguage
{
    // A document prints some hundred values; a loop over a thousand rows of evidence ends far below.
    private const int MaxSteps = 200_000;

    private static readonly HashSet<string> Tags = ["if", "unless", "for"];

    /// <summary>Chinese stays readable; the five characters of HTML do not.</summary>
    public static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly FluidParser Parser = MakeParser();

    private static readonly TemplateOptions Options = MakeOptions();

    /// <returns>The template, or what is wrong with it.</returns>
    public static (IFluidTemplate? Template, string? Error) Parse(string html) =>
        Parser.TryParse(html, out IFluidTemplate? template, out string? error) ? (template, null) : (null, error);

    public static string Render(IFluidTemplate template, DocumentModel model)
    {
        TemplateContext context = new(Options) { CultureInfo = CultureInfo.InvariantCulture };
        foreach ((string name, string text) in model.Texts)
            context.SetValue(name, new TemplateText(name, text));
        foreach ((string name, IReadOnlyList<IReadOnlyDictionary<string, string>> rows) in model.Lists)
            context.SetValue(name, new ArrayValue([.. rows.Select(row => new TemplateRow(name, row))]));
        return template.Render(context, Encoder, isolateContext: false);
    }

    private static FluidParser MakeParser()
    {
        FluidParser parser = new(new FluidParserOptions { AllowFunctions = false, AllowLiquidTag = false, AllowParentheses = false });
        foreach (string tag in parser.RegisteredTags.Keys.Where(tag => !Tags.Contains(tag)).ToList())
            parser.RegisteredTags.Remove(tag);
        return parser;
    }

    private static TemplateOptions MakeOptions()
    {
        TemplateOptions options = new()
        {
            CultureInfo = CultureInfo.InvariantCulture,
            MaxSteps = MaxSteps,
            StrictFilters = true,
            Undefined = name => new ValueTask<FluidValue>(new TemplateText(name, "")),
        };
        options.Filters.Clear();
        options.Filters.AddFilter("paragraphs", static (input, _, _) => input is TemplateText text
            ? text.Paragraphs(Encoder)
            : throw new InvalidOperationException("paragraphs are made of a text"));
        return options;
    }
}
