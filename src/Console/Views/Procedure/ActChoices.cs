using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Localization;
using EdgeEnforcement.OperatorConsole.Views.Forms;
using EdgeEnforcement.OperatorConsole.Views.Registers;
using Google.Protobuf.Reflection;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>What an act's content may name: officers, units, evidence and documents of the case, reasons and articles of the rules. Id and words.</summary>
public sealed class ActChoices(RegisterChoices registers, ProcedureQueries procedure)
{
    private ProcedureCase _state = new();
    private RulesBook _rules = RulesBook.None;

    /// <summary>Reads the registers a content names, each once.</summary>
    public async Task ReadAsync(ProcedureCase state, RulesBook rules, MessageDescriptor? content, CancellationToken cancellation)
    {
        (_state, _rules) = (state, rules);
        var named = content is null ? [] : FormFields.KindsIn(content);
        await registers.ReadAsync(named.Append(RegisterKind.Officer).Distinct().Where(kind => Register(kind).Known.Count == 0), 0, cancellation);
        await registers.ReadOfficersAsync(state.Participants.Where(person => person.Name.Length == 0).Select(person => person.OfficerId), cancellation);
    }

    /// <summary>Of one act: reasons are that act's.</summary>
    public IFormChoices Of(Kind act) => new OfAct(this, act);

    public FormOffer Register(RegisterKind kind) => registers.Of(kind);

    public string OfficerName(string id) => registers.NameOf(RegisterKind.Officer, id);

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

    private async Task<IReadOnlyList<FormFind>> FindAsync(FormField field, string text, CancellationToken cancellation) => field.Name == "case_id" && text.Length == 0
        ? [.. (await procedure.SuggestAsync(_state.CaseId, cancellation)).Suggestions.Select(near => new FormFind(near.CaseId, near.Title, string.Join(" · ", near.Reasons.Prepend(near.Number))))]
        : [.. (await registers.FindAsync(field, text, cancellation)).Where(find => find.Value != _state.CaseId)];

    // An excluded item stands in no document.
    private IReadOnlyList<(string, string)> Known(Kind act, string field) => field switch
    {
        "document_id" or "corrects_document_id" => [.. _state.Documents.Where(document => document.CorrectedBy.Length == 0).Select(document => (document.DocumentId, $"{document.DocumentNumber} {document.DocumentId}".Trim()))],
        "evidence_key" or "evidence_keys" or "before_keys" or "after_keys" or "electronic_consent" => [.. Evidence.Where(item => item.Outcome != EvidenceOutcome.Excluded).Select(item => (item.Source.Key, NameOf(item)))],
        "reason_code" => Reasons(act),
        "deadline_id" => [.. _state.Clocks.Where(clock => clock.StoppedAt is null).Select(clock => clock.DeadlineId).Distinct().Select(id => (id, $"{id} {ProcessWording.Deadline(_rules, id, _state.Domain)}"))],
        "basis" => [.. _rules.Law.GroupBy(article => article.Id).Select(versions => (versions.Key, $"《{versions.Last().Law}》{versions.Last().Number}"))],
        "activity" => [.. Profile.RecordingDuties.Select(duty => (duty.Activity, Word(duty.Zh, duty.En) + (duty.Must ? " *" : "")))],
        "step" => Codes(Profile.StepsFirst),
        "preservation_id" => [.. _state.Preservations.Where(track => track.Outcome.Length == 0).Select(track => (track.PreservationId, $"{track.PreservationId} {string.Join(' ', track.What?.Things ?? [])}"))],
        _ => [],
    };

    private sealed class OfAct(ActChoices choices, Kind act) : IFormChoices
    {
        public FormOffer Of(FormField field) => field.Of == RegisterKind.Unspecified ? new FormOffer(choices.Known(act, field.Name)) : choices.Register(field.Of);

        public Task<IReadOnlyList<FormFind>> FindAsync(FormField field, string text, CancellationToken cancellation) => choices.FindAsync(field, text, cancellation);
    }
}
