using System.Collections;
using System.Collections.Concurrent;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>
/// How the fields of a register's content are asked for, read off the contract: one form for all registers, and a field that comes with the
/// next version of the contract is asked for without a word here.
/// </summary>
public static class FormFields
{
    private static readonly Dictionary<string, RegisterKind> Names = new(StringComparer.Ordinal)
    {
        ["unit_id"] = RegisterKind.Unit, ["delegating_unit_id"] = RegisterKind.Unit, ["OrganisationUnit.parent_id"] = RegisterKind.Unit,
        ["item_id"] = RegisterKind.Item, ["item_ids"] = RegisterKind.Item,
        ["territory_id"] = RegisterKind.Territory, ["territory_ids"] = RegisterKind.Territory, ["Territory.parent_id"] = RegisterKind.Territory,
        ["officer_id"] = RegisterKind.Officer, ["absent_officer_id"] = RegisterKind.Officer, ["substitute_officer_id"] = RegisterKind.Officer,
        ["from_officer_id"] = RegisterKind.Officer, ["to_officer_id"] = RegisterKind.Officer, ["decided_by_officer_id"] = RegisterKind.Officer,
    };

    private static readonly Dictionary<string, (string Words, string[] Values)> Words = new(StringComparer.Ordinal)
    {
        ["domain"] = ("Domain", ["river", "environment", "traffic", "urban", "market"]),
        ["domains"] = ("Domain", ["*", "river", "environment", "traffic", "urban", "market"]),
        ["subject_kind"] = ("SubjectKind", ["case", "lead", "alert", "inspection", "media"]),
    };

    private static readonly ConcurrentDictionary<MessageDescriptor, IReadOnlyList<FormField>> Read = new();

    public static IReadOnlyList<FormField> Of(MessageDescriptor content) => Read.GetOrAdd(content, static of =>
    {
        var empty = of.Parser.ParseFrom(ByteString.Empty);
        return [.. of.Fields.InFieldNumberOrder().Where(field => field.FieldType != FieldType.Bytes).Select(field => Of(field, empty))];
    });

    /// <summary>The content of a change, whichever it is; null: none.</summary>
    public static IMessage? ContentOf(RegisterChange change) =>
        RegisterChange.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(change)?.Accessor.GetValue(change) as IMessage;

    /// <summary>The registers whose subjects a content names, in it and in what it holds.</summary>
    public static IEnumerable<RegisterKind> KindsIn(MessageDescriptor content) => Of(content)
        .SelectMany(field => field.Input == FieldInput.Rows ? KindsIn(field.Field.MessageType) : [field.Of]).Where(kind => kind != RegisterKind.Unspecified).Distinct();

    private static FormField Of(FieldDescriptor field, IMessage empty)
    {
        var kind = Names.GetValueOrDefault($"{empty.Descriptor.Name}.{field.Name}", Names.GetValueOrDefault(field.Name));
        var (words, values) = field.FieldType == FieldType.Enum ? ValuesOf(field, empty) : Words.GetValueOrDefault(field.Name, ("", []));
        return new FormField(field, InputOf(field, kind, values.Length > 0), kind, words, values);
    }

    private static FieldInput InputOf(FieldDescriptor field, RegisterKind kind, bool hasValues) => field switch
    {
        { IsRepeated: true, FieldType: FieldType.Message } => FieldInput.Rows,
        { IsRepeated: true } => hasValues ? FieldInput.SomeOf : kind != RegisterKind.Unspecified ? FieldInput.Subjects : FieldInput.Lines,
        { FieldType: FieldType.Message } => field.MessageType.Name == nameof(Position) ? FieldInput.Position : FieldInput.Instant,
        { FieldType: FieldType.Bool } => FieldInput.YesNo,
        { FieldType: FieldType.Double } => FieldInput.Number,
        _ when hasValues => FieldInput.OneOf,
        _ when kind != RegisterKind.Unspecified => FieldInput.Subject,
        { Name: "geo_json" } => FieldInput.Paragraph,
        _ => field.Name.EndsWith("_day", StringComparison.Ordinal) ? FieldInput.Day : FieldInput.Text,
    };

    // The first of every enum is UNSPECIFIED, which nobody chooses.
    private static (string Words, string[] Values) ValuesOf(FieldDescriptor field, IMessage empty)
    {
        var type = field.Accessor.GetValue(empty) is IList list ? list.GetType().GetGenericArguments()[0] : field.Accessor.GetValue(empty).GetType();
        return (type.Name, Enum.GetNames(type)[1..]);
    }
}
