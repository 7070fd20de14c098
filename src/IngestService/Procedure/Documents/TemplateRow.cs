using Fluid;
using Fluid.Values;

namespace EdgeEnforcement.IngestService.Procedure.Documents;

/// <summary>One row of a list: its columns by name, unknown ones empty.</summary>
internal sealed class TemplateRow(string list, IReadOnlyDictionary<string, string> columns) : FluidValue
{
    public override FluidValues Type => FluidValues.Dictionary;

    public override bool Equals(FluidValue? other) => ReferenceEquals(this, other);

    public override bool ToBooleanValue() => true;

    public override decimal ToNumberValue() => 0;

    public override string ToStringValue() => "";

    public override object ToObjectValue() => columns;

    public override ValueTask<FluidValue> GetValueAsync(string name, TemplateContext context) =>
        new(new TemplateText($"{list}.{name}", columns.GetValueOrDefault(name, "")));

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
