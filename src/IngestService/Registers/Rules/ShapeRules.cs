using System.Collections;
using System.Text.RegularExpressions;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EdgeEnforcement.IngestService.Registers.Rules;

/// <summary>What every change must be before anything is read: its limits stand before memory is spent.</summary>
internal static partial class ShapeRules
{
    private const int MaxTextLength = 2_000;
    private const int MaxGeoJsonLength = 512 * 1024;
    private const int MaxContentBytes = 256 * 1024;
    private const int MaxListed = 1_000;

    public static IEnumerable<RuleFault> Of(RegisterChange change)
    {
        if (!Id().IsMatch(change.Id))
            yield return new RuleFault("id", "has 1 to 64 letters, digits, '.', '_', '-', '/' or Chinese characters");
        if (change.Reason.Trim().Length == 0)
            yield return new RuleFault("reason", "is missing");
        if (change.ContentCase == RegisterChange.ContentOneofCase.None)
            yield return new RuleFault("", "the change has no content");
        if (Micros.Of(change.ValidFrom) is { } from && Micros.Of(change.ValidUntil) is { } until && until <= from)
            yield return new RuleFault("valid_until", "it ends before it begins");
        foreach (RuleFault fault in Sizes(change))
            yield return fault;
    }

    private static IEnumerable<RuleFault> Sizes(IMessage message)
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            object? value = field.Accessor.GetValue(message);
            if (value is IList { Count: > MaxListed } list)
                yield return new RuleFault(field.Name, $"has {list.Count} elements, {MaxListed} are taken");
            else if (value is IList some)
            {
                foreach (RuleFault fault in some.OfType<object>().SelectMany(element => Size(field, element)))
                    yield return fault;
            }
            else if (value is not null)
            {
                foreach (RuleFault fault in Size(field, value))
                    yield return fault;
            }
        }
    }

    private static IEnumerable<RuleFault> Size(FieldDescriptor field, object value) => value switch
    {
        string text when text.Length > (field.Name == "geo_json" ? MaxGeoJsonLength : MaxTextLength) =>
            [new RuleFault(field.Name, $"has {text.Length} characters, {MaxTextLength} are taken")],
        ByteString bytes when bytes.Length > MaxContentBytes => [new RuleFault(field.Name, $"has {bytes.Length} bytes, {MaxContentBytes} are taken")],
        double number when !double.IsFinite(number) => [new RuleFault(field.Name, "is no number")],
        IMessage nested => Sizes(nested),
        _ => [],
    };

    [GeneratedRegex(@"^[A-Za-z0-9._/\-\u4e00-\u9fff]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
