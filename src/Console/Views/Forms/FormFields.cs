using System.Collections;
using System.Collections.Concurrent;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EdgeEnforcement.OperatorConsole.Views.Forms;

/// <summary>
/// How the fields of a message are asked for, read off the contract: one form for all registers and all acts, and a field that comes with the
/// next version of the contract is asked for without a word here. Where a name alone would mislead, it stands with its message's.
/// </summary>
public static class FormFields
{
    private static readonly Dictionary<string, RegisterKind> Subjects = new(StringComparer.Ordinal)
    {
        ["unit_id"] = RegisterKind.Unit, ["to_unit_id"] = RegisterKind.Unit, ["delegating_unit_id"] = RegisterKind.Unit, ["OrganisationUnit.parent_id"] = RegisterKind.Unit,
        ["item_id"] = RegisterKind.Item, ["item_ids"] = RegisterKind.Item,
        ["territory_id"] = RegisterKind.Territory, ["territory_ids"] = RegisterKind.Territory, ["Territory.parent_id"] = RegisterKind.Territory,
        ["officer_id"] = RegisterKind.Officer, ["absent_officer_id"] = RegisterKind.Officer, ["substitute_officer_id"] = RegisterKind.Officer,
        ["from_officer_id"] = RegisterKind.Officer, ["to_officer_id"] = RegisterKind.Officer, ["decided_by_officer_id"] = RegisterKind.Officer,
        ["first_officer_id"] = RegisterKind.Officer, ["second_officer_id"] = RegisterKind.Officer, ["presider_officer_id"] = RegisterKind.Officer,
        ["participant_officer_ids"] = RegisterKind.Officer, ["officer_ids"] = RegisterKind.Officer, ["not_recorded_approver"] = RegisterKind.Officer,
    };

    private static readonly Dictionary<string, (string Words, string[] Values)> Words = new(StringComparer.Ordinal)
    {
        ["domain"] = ("Domain", ["river", "environment", "traffic", "urban", "market"]),
        ["domains"] = ("Domain", ["*", "river", "environment", "traffic", "urban", "market"]),
        ["subject_kind"] = ("SubjectKind", ["case", "lead", "alert", "inspection", "media"]),
        ["receiver_level"] = ("receiver_level", ["village", "town", "district", "city"]),
        ["PreservationOutcome.outcome"] = ("outcome", ["released", "seized", "sent-for-test", "confiscated"]),
    };

    // Chosen from what the case or the rules hold.
    private static readonly HashSet<string> Chosen = new(StringComparer.Ordinal)
    {
        "document_id", "corrects_document_id", "evidence_key", "evidence_keys", "before_keys", "after_keys", "electronic_consent", "reason_code", "deadline_id", "basis", "activity", "step",
        "PreservationOutcome.preservation_id", "InspectionRecording.manifest_index", "InspectionRecording.finding",
    };

    // Too many for a list.
    private static readonly HashSet<string> Found = new(StringComparer.Ordinal)
    {
        "object_id", "operator_object_id", "from_object_id", "into_object_id", "LinkedCase.case_id", "Recusal.case_id",
    };

    private static readonly HashSet<string> Long = new(StringComparer.Ordinal)
    {
        "facts", "content", "text", "reasons", "record", "transcript", "demand", "measures", "finding", "education", "reason", "statement", "conclusion", "opinion",
        "refusal_noted", "filing_standard", "remedy", "verified_how", "geo_json", "matters", "repeated_reason", "correction",
    };

    // What the service fills, and what it does not read.
    private static readonly HashSet<string> Filled = new(StringComparer.Ordinal)
    {
        "ServiceOfDocument.effective_at", "IssuedDocument.draft_sha256", "IssuedDocument.template_id", "IssuedDocument.template_version", "LegalOpinion.report_sha256",
        "AgentConfiguration.content", "AgentConfiguration.sha256",
    };

    private static readonly ConcurrentDictionary<MessageDescriptor, IReadOnlyList<FormField>> Read = new();

    public static IReadOnlyList<FormField> Of(MessageDescriptor content) => Read.GetOrAdd(content, static of =>
    {
        var empty = of.Parser.ParseFrom(ByteString.Empty);
        return [.. of.Fields.InFieldNumberOrder().Where(field => !Filled.Contains($"{of.Name}.{field.Name}") && !field.IsMap).Select(field => Of(field, empty))];
    });

    /// <summary>What a change or an act holds, whichever it is; null: nothing.</summary>
    public static IMessage? ContentOf(IMessage holder) => holder.Descriptor.Oneofs[0].Accessor.GetCaseFieldDescriptor(holder)?.Accessor.GetValue(holder) as IMessage;

    /// <summary>The registers whose subjects a content names, in it and in what it holds.</summary>
    public static IEnumerable<RegisterKind> KindsIn(MessageDescriptor content) => Of(content)
        .SelectMany(field => field.Input is FormInput.Rows or FormInput.Part ? KindsIn(field.Field.MessageType) : [field.Of]).Where(kind => kind != RegisterKind.Unspecified).Distinct();

    private static FormField Of(FieldDescriptor field, IMessage empty)
    {
        var kind = Known(Subjects, field, RegisterKind.Unspecified);
        var (words, values) = field.FieldType == FieldType.Enum ? ValuesOf(field, empty) : Known(Words, field, ("", []));
        return new FormField(field, InputOf(field, kind != RegisterKind.Unspecified || values.Length > 0 || Chosen.Contains(field.Name) || Chosen.Contains(FullName(field))), kind, words, values);
    }

    private static FormInput InputOf(FieldDescriptor field, bool isChosen) => field switch
    {
        { FieldType: FieldType.Message, MessageType.Name: "Timestamp" } => field.IsRepeated ? FormInput.Instants : FormInput.Instant,
        { FieldType: FieldType.Message, MessageType.Name: nameof(Position) } => FormInput.Position,
        { FieldType: FieldType.Message } => field.IsRepeated ? FormInput.Rows : FormInput.Part,
        _ when Found.Contains(field.Name) || Found.Contains(FullName(field)) => FormInput.Found,
        _ when isChosen => field.IsRepeated ? FormInput.SomeOf : FormInput.OneOf,
        { IsRepeated: true } => FormInput.Lines,
        { FieldType: FieldType.Bool } => FormInput.YesNo,
        { FieldType: FieldType.Bytes } => FormInput.Hash,
        { FieldType: FieldType.Double } => FormInput.Number,
        { FieldType: FieldType.String } => field.Name.EndsWith("_day", StringComparison.Ordinal) ? FormInput.Day : Long.Contains(field.Name) ? FormInput.Paragraph : FormInput.Text,
        _ => field.Name.EndsWith("_fen", StringComparison.Ordinal) ? FormInput.Money : field.Name.EndsWith("_ms", StringComparison.Ordinal) ? FormInput.Offset : FormInput.Count,
    };

    private static TValue Known<TValue>(Dictionary<string, TValue> known, FieldDescriptor field, TValue otherwise) =>
        known.TryGetValue(FullName(field), out var own) || known.TryGetValue(field.Name, out own) ? own : otherwise;

    private static string FullName(FieldDescriptor field) => $"{field.ContainingType.Name}.{field.Name}";

    // The first of every enum is UNSPECIFIED, which nobody chooses.
    private static (string Words, string[] Values) ValuesOf(FieldDescriptor field, IMessage empty)
    {
        var type = field.Accessor.GetValue(empty) is IList list ? list.GetType().GetGenericArguments()[0] : field.Accessor.GetValue(empty).GetType();
        return (type.Name, Enum.GetNames(type)[1..]);
    }
}
