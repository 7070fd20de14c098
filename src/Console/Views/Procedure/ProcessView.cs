using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Identity;
using EdgeEnforcement.OperatorConsole.Views.Forms;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>The process of one case as one officer sees it.</summary>
public sealed class ProcessView(ProcedureQueries queries, RegisterQueries registers, IOperatorContext context, TimeProvider time)
{
    public ProcedureView? Seen { get; private set; }

    public RulesBook Rules { get; private set; } = RulesBook.None;

    /// <summary>Names of what a pending request says.</summary>
    public ActChoices Choices { get; } = new(registers);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>What the officer at this console may do next; first what nothing is missing for.</summary>
    public IEnumerable<PermittedAct> Mine => Leading.Where(act => act.IsMine).OrderBy(act => act.Missing.Count > 0);

    public IEnumerable<PermittedAct> Others => Leading.Where(act => !act.IsMine);

    public async Task ReadAsync(string caseId, ulong atLeast, CancellationToken cancellation)
    {
        if (ReferenceEquals(Rules, RulesBook.None))
            Rules = RulesBook.Read(await queries.GetRulesAsync(0, cancellation));
        var seen = await queries.GetAsync(caseId, context.Current.Id, atLeast, cancellation);
        if (seen.State.Pending is { } pending)
            await Choices.ReadAsync(seen.State, Rules, FormFields.ContentOf(pending.Act)?.Descriptor, cancellation);
        Seen = seen;
    }

    private IEnumerable<PermittedAct> Leading => Seen?.Permitted.Where(act => !ActContents.IsBeside(act.Kind) && !ActContents.IsAnswer(act.Kind)) ?? [];
}
