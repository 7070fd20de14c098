using System.Collections;
using System.Globalization;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.IngestService.Registers;

/// <summary>What two contents of one kind differ in, field by field, as text for people. Protected numbers are masked.</summary>
internal static class RegisterDiff
{
    private const string ProtectedField = "identity_number";
    private const int LongestText = 200;

    public static IEnumerable<FieldChange> Between(RegisterChange? before, RegisterChange after)
    {
        SortedDictionary<string, string> then = Flat(before), now = Flat(after);
        foreach (string field in then.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            string old = then.GetValueOrDefault(field, ""), fresh = now.GetValueOrDefault(field, "");
            if (old != fresh)
                yield return new FieldChange { Field = field, Before = old, After = fresh };
        }
    }

    public static bool IsSameContent(RegisterChange one, RegisterChange other) => one.Ended == other.Ended && Equals(ContentOf(one), ContentOf(other));

    private static SortedDictionary<string, string> Flat(RegisterChange? change)
    {
        SortedDictionary<string, string> flat = new(StringComparer.Ordinal);
        if (change is null)
            return flat;
        if (change.Ended)
            flat["ended"] = "true";
        if (ContentOf(change) is { } content)
            Add(flat, "", content);
        return flat;
    }

    private static IMessage? ContentOf(RegisterChange change) =>
        RegisterChange.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(change)?.Accessor.GetValue(change) as IMessage;

    private static void Add(SortedDictionary<string, string> flat, string prefix, IMessage message)
    {
        if (message is Timestamp time)
        {
            flat[prefix.TrimEnd('.')] = time.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            return;
        }

        foreach (FieldDescriptor field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            object? value = field.Accessor.GetValue(message);
            if (value is IList list)
            {
                for (int i = 0; i < list.Count; i++)
                    AddValue(flat, string.Create(CultureInfo.InvariantCulture, $"{prefix}{field.Name}[{i}]"), field, list[i]);
            }
            else
            {
                AddValue(flat, prefix + field.Name, field, value);
            }
        }
    }

    private static void AddValue(SortedDictionary<string, string> flat, string name, FieldDescriptor field, object? value)
    {
        string text = value switch
        {
            null => "",
            ByteString bytes => bytes.Length == 0 ? "" : $"{bytes.Length} bytes",
            string words when field.Name == ProtectedField => IdentityNumber.Mask(words),
            string words => words.Length <= LongestText ? words : words[..LongestText] + "…",
            System.Enum constant => Convert.ToInt32(constant, CultureInfo.InvariantCulture) == 0 ? "" : constant.ToString(),
            bool flag => flag ? "true" : "",
            IMessage => "",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture) is var shown && shown == "0" ? "" : shown,
            _ => value.ToString() ?? "",
        };
        if (value is IMessage nested)
            Add(flat, name + ".", nested);
        else if (text.Length > 0)
            flat[name] = text;
    }
}
