using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Localization;
using EdgeEnforcement.OperatorConsole.Views.Forms;
using EdgeEnforcement.OperatorConsole.Views.Procedure;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace EdgeEnforcement.OperatorConsole.Tests.Procedure;

public sealed class ActFormTests
{
    private static readonly System.Resources.ResourceManager Resources = new(typeof(ProcessTexts));

    public static TheoryData<ProcedureActKind> Acts => new(Enum.GetValues<ProcedureActKind>()[1..]);

    [Theory]
    [MemberData(nameof(Acts))]
    public void Every_act_begins_with_the_content_the_contract_names_for_it(ProcedureActKind kind)
    {
        var act = ActContents.Begin(kind, new ProcedureCase());
        ProcedureActKind[] bare =
        [
            ProcedureActKind.SubmitEvidence, ProcedureActKind.CorrectionFailed, ProcedureActKind.FindViolation, ProcedureActKind.Resume, ProcedureActKind.ReopenInvestigation, ProcedureActKind.Insist,
            ProcedureActKind.ReportSimple, ProcedureActKind.AbandonSimple,
        ];

        Assert.Equal(kind, act.Kind);
        Assert.Equal(bare.Contains(kind), FormFields.ContentOf(act) is null);
    }

    [Fact]
    public void Every_content_can_be_asked_for_and_every_field_has_a_word()
    {
        var fields = ProcedureAct.Descriptor.Oneofs[0].Fields.SelectMany(field => AllOf(field.MessageType)).ToArray();

        Assert.NotEmpty(fields);
        Assert.All(fields, field => Assert.True(HasWord(field), $"{field.Field.FullName} has no word"));
        Assert.All(fields.Where(field => field.Words.Length > 0).SelectMany(field => field.Values.Select(value => $"{field.Words}.{value}")), key => Assert.NotNull(Word(key)));
    }

    [Theory]
    [InlineData("fine_fen", "12000.5", "12000.5")]
    [InlineData("fine_fen", "viel", "")]
    public void Money_is_typed_in_yuan(string name, string typed, string read)
    {
        var sanction = new Sanction { FineFen = 7 };
        var field = Field(sanction, name);

        FormText.Write(field, sanction, typed);

        Assert.Equal(read, FormText.Read(field, sanction));
        Assert.Equal(read.Length == 0 ? 0 : 1_200_050, sanction.FineFen);
    }

    [Theory]
    [InlineData("1:05", 65_000u)]
    [InlineData("01:00:00", 3_600_000u)]
    [InlineData("9", 9_000u)]
    [InlineData("99999999:00:00", 0u)]
    [InlineData("a:b", 0u)]
    public void A_place_on_a_recording_is_typed_as_on_its_player(string typed, uint milliseconds)
    {
        var segment = new MediaSegment();

        FormText.Write(Field(segment, "from_ms"), segment, typed);

        Assert.Equal(milliseconds, segment.FromMs);
    }

    [Fact]
    public void Every_kind_of_box_gives_back_what_was_typed()
    {
        var record = new InvestigationRecord();
        RoundTrip(record, "kind", "Scene");
        RoundTrip(record, "from", "2026-11-02T09:30");
        RoundTrip(record, "identity_shown", "true");
        RoundTrip(record, "content", "经询问……");
        var filing = new Filing();
        RoundTrip(filing, "act_from_day", "2026-10-30");
        RoundTrip(filing, "position", "29.563, 106.55");
        RoundTrip(new Preservation(), "things", "抽水机一台\n水样两瓶");
        RoundTrip(new Deferral(), "instalments", "2026-12-01\n2027-01-01");
        RoundTrip(new Closing(), "page_count", "36");
        RoundTrip(new BoundScan(), "draft_sha256", "00ff10");
        RoundTrip(new BoundScan(), "manifest_index", "17");

        var sanction = new Sanction();
        FormText.Toggle(Field(sanction, "kinds"), sanction, "Fine");
        FormText.Toggle(Field(sanction, "kinds"), sanction, "Warning");
        FormText.Toggle(Field(sanction, "kinds"), sanction, "Fine");
        Assert.Equal([SanctionKind.Warning], sanction.Kinds);
    }

    [Fact]
    public void Rules_of_a_later_format_leave_ids_and_no_error()
    {
        var book = RulesBook.Read(new RulesView { Version = "9", EntryIndex = 4, Content = ByteString.CopyFromUtf8("{\"deadlines\": 3}") });

        Assert.Equal("9", book.Version);
        Assert.Null(book.DeadlineOf("D-01", "river"));
    }

    [Fact]
    public void Rules_give_lists_names_and_the_fields_of_a_document()
    {
        var book = RulesBook.Read(new RulesView { Version = "1", EntryIndex = 4, Content = ByteString.CopyFromUtf8("""
            {"version": "1", "deadlines": [{"id": "D-01", "zh": "立案至决定", "en": "filing to decision", "period": 90, "unit": "CALENDAR_DAYS", "effect": "BLOCK", "heldActs": ["DECIDE_PENALTY"],
              "extensions": [{"code": "complex", "zh": "案情复杂", "en": "complex", "maxUnits": 30, "approver": "AGENCY_HEAD"}]}],
             "reviewChecklist": [{"code": "facts", "zh": "事实是否清楚", "en": "facts"}],
             "templates": [{"id": "notice", "version": "1", "kind": "PENALTY_NOTICE", "title": "告知书", "domains": ["*"], "fields": [{"key": "hearing", "zh": "听证", "en": "hearing", "required": true}]}]}
            """) });

        Assert.Equal("立案至决定", book.DeadlineOf("D-01", "river")!.Zh);
        Assert.Equal("complex", book.DeadlineOf("D-01", "river")!.Extensions.Single().Id);
        Assert.Equal("facts", book.ReviewChecklist.Single().Id);
        Assert.Equal("hearing", book.TemplateOf(DocumentKind.PenaltyNotice, "river")!.Fields.Single().Key);
    }

    private static void RoundTrip(IMessage message, string name, string typed)
    {
        var field = Field(message, name);
        FormText.Write(field, message, typed);
        Assert.Equal(typed, FormText.Read(field, message));
    }

    private static FormField Field(IMessage message, string name) => FormFields.Of(message.Descriptor).Single(field => field.Name == name);

    private static IEnumerable<FormField> AllOf(MessageDescriptor content) => FormFields.Of(content)
        .SelectMany(field => field.Input is FormInput.Part or FormInput.Rows ? AllOf(field.Field.MessageType).Append(field) : [field]);

    private static bool HasWord(FormField field) =>
        Word($"Field.{field.Field.ContainingType.Name}.{field.Name}") is not null || Word($"Field.{field.Name}") is not null;

    private static string? Word(string key) => Resources.GetString(key, System.Globalization.CultureInfo.InvariantCulture);
}
