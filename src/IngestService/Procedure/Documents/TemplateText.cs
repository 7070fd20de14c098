using System.Text;
using System.Text.Encodings.Web;
using Fluid.Values;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>
/// One value as a template sees it. In a condition an empty one is false; printed, it is an error that names it: a blank in a signed document
/// is never an accident.
/// </summary>
internal sealed class TemplateText(string name, string text) : FluidValue
{
    public override FluidValues Type => FluidValues.String;

    public override bool Equals(FluidValue? other) => string.Equals(text, other?.ToStringValue(), StringComparison.Ordinal);

    public override bool ToBooleanValue() => text.Length > 0;

    public override decimal ToNumberValue() => 0;

    public override string ToStringValue() => text;

    public override object ToObjectValue() => text;

    public override ValueTask WriteToAsync(TextWriter writer, TextEncoder encoder, System.Globalization.CultureInfo cultureInfo)
    {
        encoder.Encode(writer, Printed());
        return default;
    }

    public override IEnumerable<FluidValue> Enumerate(Fluid.TemplateContext context) => [];

    /// <summary>Each line of the text its own paragraph, encoded.</summary>
    public FluidValue Paragraphs(TextEncoder encoder)
    {
        StringBuilder html = new();
        foreach (string line in Printed().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            html.Append("<p>").Append(encoder.Encode(line)).Append("</p>\n");
        return StringValue.Create(html.ToString(), encode: false);
    }

    public override bool Equals(object? obj) => obj is FluidValue other && Equals(other);

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    private string Printed() => text.Length > 0 ? text : throw new MissingValueException(name);
}
