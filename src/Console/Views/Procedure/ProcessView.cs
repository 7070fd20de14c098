using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Identity;
using EdgeEnforcement.OperatorConsole.Views.Forms;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>The process of one case as one officer sees it.</summary>
public sealed class ProcessView(ProcedureQueries queries, ActChoices choices, IOperatorContext context, TimeProvider time)
{
    public ProcedureView? Seen { get; private set; }

    public RulesBook Rules { get; private set; } = RulesBook.None;

    /// <summary>Names of what a pending request says.</summary>
    public ActChoices Choices => choices;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>What the officer at this console may do next; first what nothing is missing for.</summary>
    public IEnumerable<PermittedAct> Mine => Leading.Where(act => act.IsMine).OrderBy(act => act.Missing.Count > 0);

    public IEnumerable<PermittedAct> Others => Leading.Where(act => !act.IsMine);

    /// <summary>Also of one who was assigned and has not acted yet.</summary>
    public string NameOf(CaseParticipant person) => person.Name.Length > 0 ? person.Name : choices.OfficerName(person.OfficerId);

    public async Task ReadAsync(string caseId, ulong atLeast, CancellationToken cancellation)
    {
        if (ReferenceEquals(Rules, RulesBook.None))
            Rules = RulesBook.Read(await queries.GetRulesAsync(0, cancellation));
        var seen = await queries.GetAsync(caseId, context.Current.Id, atLeast, cancellation);
        if (seen.State.Pending is not null || seen.State.Participants.Any(person => person.Name.Length == 0))
            await choices.ReadAsync(seen.State, Rules, seen.State.Pending is { } pending ? FormFields.ContentOf(pending.Act)?.Descriptor : null, cancellation);
        Seen = seen;
    }

    private IEnumerable<PermittedAct> Leading => Seen?.Permitted.Where(act => !ActContents.IsBeside(act.Kind) && !ActContents.IsAnswer(act.Kind)) ?? [];
}
