using System.Collections;
using System.Collections.Concurrent;
using EdgeEnforcement.Contracts.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>How the content of an act is asked for, read off the contract: a field that comes with its next version is asked for without a word here.</summary>
public static class DetailFields
{
    private static readonly ConcurrentDictionary<MessageDescriptor, IReadOnlyList<DetailField>> Known = new();

    private static readonly HashSet<string> Long = new(StringComparer.Ordinal)
    {
        "facts", "content", "text", "reasons", "record", "transcript", "demand", "measures", "finding", "education", "reason", "statement", "conclusion", "opinion",
        "refusal_noted", "filing_standard", "remedy", "verified_how",
    };

    // Chosen from what the case, the registers or the rules hold; where nothing is known the id is typed.
    private static readonly HashSet<string> Chosen = new(StringComparer.Ordinal)
    {
        "first_officer_id", "second_officer_id", "presider_officer_id", "participant_officer_ids", "not_recorded_approver", "unit_id", "to_unit_id", "territory_id", "item_id", "document_id",
        "corrects_document_id", "evidence_key", "evidence_keys", "before_keys", "after_keys", "electronic_consent", "reason_code", "deadline_id", "receiver_level", "basis", "activity", "step",
        "PreservationOutcome.preservation_id", "PreservationOutcome.outcome",
    };

    // What the service fills, and what it does not read.
    private static readonly HashSet<string> Filled = new(StringComparer.Ordinal)
    {
        "ServiceOfDocument.effective_at", "IssuedDocument.draft_sha256", "IssuedDocument.template_id", "IssuedDocument.template_version", "LegalOpinion.report_sha256",
    };

    public static IReadOnlyList<DetailField> Of(MessageDescriptor content) => Known.GetOrAdd(content, static of =>
    {
        var empty = of.Parser.ParseFrom(ByteString.Empty);
        return [.. of.Fields.InFieldNumberOrder().Where(field => !Filled.Contains($"{of.Name}.{field.Name}") && !field.IsMap).Select(field => Of(field, empty))];
    });

    private static DetailField Of(FieldDescriptor field, IMessage empty)
    {
        var (words, values) = field.FieldType == FieldType.Enum ? ValuesOf(field, empty) : ("", []);
        return new DetailField(field, InputOf(field), words, values);
    }

    private static DetailInput InputOf(FieldDescriptor field)
    {
        var isChosen = field.FieldType == FieldType.Enum || Chosen.Contains(field.Name) || Chosen.Contains($"{field.ContainingType.Name}.{field.Name}");
        return field switch
        {
            { FieldType: FieldType.Message, MessageType.Name: "Timestamp" } => field.IsRepeated ? DetailInput.Instants : DetailInput.Instant,
            { FieldType: FieldType.Message, MessageType.Name: nameof(Position) } => DetailInput.Position,
            { FieldType: FieldType.Message } => field.IsRepeated ? DetailInput.Rows : DetailInput.Part,
            _ when isChosen => field.IsRepeated ? DetailInput.SomeOf : DetailInput.OneOf,
            { IsRepeated: true } => DetailInput.Lines,
            { FieldType: FieldType.Bool } => DetailInput.YesNo,
            { FieldType: FieldType.Bytes } => DetailInput.Hash,
            { FieldType: FieldType.String } => field.Name.EndsWith("_day", StringComparison.Ordinal) ? DetailInput.Day : Long.Contains(field.Name) ? DetailInput.LongText : DetailInput.Text,
            _ => field.Name.EndsWith("_fen", StringComparison.Ordinal) ? DetailInput.Money : field.Name.EndsWith("_ms", StringComparison.Ordinal) ? DetailInput.Offset : DetailInput.Number,
        };
    }

    // The first of every enum is UNSPECIFIED, which nobody chooses.
    private static (string Words, string[] Values) ValuesOf(FieldDescriptor field, IMessage empty)
    {
        var type = field.Accessor.GetValue(empty) is IList list ? list.GetType().GetGenericArguments()[0] : field.Accessor.GetValue(empty).GetType();
        return (type.Name, Enum.GetNames(type)[1..]);
    }
}
