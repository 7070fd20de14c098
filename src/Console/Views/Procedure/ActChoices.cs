using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Localization;
using EdgeEnforcement.OperatorConsole.Views.Registers;
using Google.Protobuf.Reflection;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>What an act's content may name: officers, units, evidence and documents of the case, reasons and articles of the rules. Id and words.</summary>
public sealed class ActChoices(RegisterQueries registers)
{
    // Of officers there may be thousands; those beyond are typed by their id.
    private const uint MostOfficers = 500;

    private static readonly string[] Levels = ["village", "town", "district", "city"];
    private static readonly string[] Outcomes = ["released", "seized", "sent-for-test", "confiscated"];

    private readonly Dictionary<RegisterKind, IReadOnlyList<(string Id, string Word)>> _registers = [];
    private ProcedureCase _state = new();
    private RulesBook _rules = RulesBook.None;

    /// <summary>Reads the registers a content names, each once.</summary>
    public async Task ReadAsync(ProcedureCase state, RulesBook rules, MessageDescriptor? content, CancellationToken cancellation)
    {
        (_state, _rules) = (state, rules);
        foreach (var kind in RegistersIn(content).Append(RegisterKind.Officer).Distinct().Where(kind => !_registers.ContainsKey(kind)))
            _registers[kind] = await ReadAsync(kind, cancellation);
    }

    /// <summary>Empty where nothing is known: the id is typed.</summary>
    public IReadOnlyList<(string Value, string Word)> Of(Kind act, string field) => field switch
    {
        "first_officer_id" or "second_officer_id" or "presider_officer_id" or "participant_officer_ids" or "not_recorded_approver" => Register(RegisterKind.Officer),
        "unit_id" or "to_unit_id" => Register(RegisterKind.Unit),
        "territory_id" => Register(RegisterKind.Territory),
        "item_id" => Register(RegisterKind.Item),
        "document_id" or "corrects_document_id" => [.. _state.Documents.Where(document => document.CorrectedBy.Length == 0).Select(document => (document.DocumentId, $"{document.DocumentNumber} {document.DocumentId}".Trim()))],
        // An excluded item stands in no document.
        "evidence_key" or "evidence_keys" or "before_keys" or "after_keys" or "electronic_consent" => [.. Evidence.Where(item => item.Outcome != EvidenceOutcome.Excluded).Select(item => (item.Source.Key, NameOf(item)))],
        "reason_code" => Reasons(act),
        "deadline_id" => [.. _state.Clocks.Where(clock => clock.StoppedAt is null).Select(clock => clock.DeadlineId).Distinct().Select(id => (id, $"{id} {ProcessWording.Deadline(_rules, id, _state.Domain)}"))],
        "basis" => [.. _rules.Law.GroupBy(article => article.Id).Select(versions => (versions.Key, $"《{versions.Last().Law}》{versions.Last().Number}"))],
        "activity" => [.. Profile.RecordingDuties.Select(duty => (duty.Activity, Word(duty.Zh, duty.En) + (duty.Must ? " *" : "")))],
        "step" => Codes(Profile.StepsFirst),
        "receiver_level" => [.. Levels.Select(level => (level, ""))],
        "preservation_id" => [.. _state.Preservations.Where(track => track.Outcome.Length == 0).Select(track => (track.PreservationId, $"{track.PreservationId} {string.Join(' ', track.What?.Things ?? [])}"))],
        "outcome" => [.. Outcomes.Select(outcome => (outcome, ""))],
        _ => [],
    };

    public IReadOnlyList<(string Id, string Word)> Register(RegisterKind kind) => _registers.GetValueOrDefault(kind, []);

    /// <summary>What an id of a field means; the id itself where nothing is known.</summary>
    public string WordOf(Kind act, string field, string value) => Of(act, field).FirstOrDefault(known => known.Value == value).Word is { Length: > 0 } word ? word.TrimStart('　') : value;

    public string OfficerName(string id) => Register(RegisterKind.Officer).FirstOrDefault(known => known.Id == id).Word ?? id;

    public static string NameOf(CaseEvidence item) => string.Join(' ', new[] { item.CommonNumber, item.Source.Title.Length > 0 ? item.Source.Title : item.Source.Key }.Where(part => part.Length > 0));

    private IEnumerable<CaseEvidence> Evidence => _state.Evidence.Where(item => !item.Detached);

    private RulesBook.Profile Profile => _rules.ProfileOf(_state.Domain) ?? new RulesBook.Profile();

    private IReadOnlyList<(string, string)> Reasons(Kind act) => act switch
    {
        Kind.CloseLead => Codes(_rules.LeadClosingReasons),
        Kind.Suspend => Codes(_rules.SuspensionReasons),
        Kind.ExtendDeadline => [.. Running.SelectMany(rule => rule.Extensions.Select(extension => (extension.Id, $"{rule.Id} {Word(extension.Zh, extension.En)} (≤ {extension.MaxUnits})"))).Distinct()],
        Kind.PauseClock => [.. Running.SelectMany(rule => rule.PauseReasons.Select(reason => (reason.Id, $"{rule.Id} {Word(reason.Zh, reason.En)}"))).Distinct()],
        _ => [],
    };

    private IEnumerable<RulesBook.Deadline> Running =>
        _state.Clocks.Where(clock => clock.StoppedAt is null).Select(clock => _rules.DeadlineOf(clock.DeadlineId, _state.Domain)).OfType<RulesBook.Deadline>().Distinct();

    private static IReadOnlyList<(string, string)> Codes(IEnumerable<RulesBook.Code> codes) => [.. codes.Select(code => (code.Id, Word(code.Zh, code.En)))];

    private static string Word(string zh, string en) => ProcessWording.IsChinese || en.Length == 0 ? zh : en;

    private static IEnumerable<RegisterKind> RegistersIn(MessageDescriptor? content) => content is null ? [] : DetailFields.Of(content).SelectMany(field => field.Name switch
    {
        "unit_id" or "to_unit_id" => [RegisterKind.Unit],
        "territory_id" => [RegisterKind.Territory],
        "item_id" => [RegisterKind.Item],
        _ => field.Input is DetailInput.Part or DetailInput.Rows ? RegistersIn(field.Field.MessageType) : [],
    });

    private async Task<IReadOnlyList<(string, string)>> ReadAsync(RegisterKind kind, CancellationToken cancellation) => kind switch
    {
        RegisterKind.Officer => [.. (await registers.ListAsync(new ListRegisterRequest { Kind = kind, PageSize = MostOfficers }, cancellation)).Rows.Select(row => (row.Id, row.Change.Officer.Name))],
        RegisterKind.Unit => [.. UnitTreeOf(await registers.AllAsync(kind, 0, cancellation))],
        RegisterKind.Territory => [.. (await registers.AllAsync(kind, 0, cancellation)).Select(row => (row.Id, row.Change.Territory.Name))],
        _ => [.. (await registers.AllAsync(kind, 0, cancellation)).Select(row => (row.Id, row.Change.Item.Name))],
    };

    private static IEnumerable<(string, string)> UnitTreeOf(IReadOnlyList<SubjectRow> rows) => UnitTree.Of(rows).Select(line => (line.Unit.Id, new string('　', line.Depth) + line.Unit.Change.Unit.Name));
}
