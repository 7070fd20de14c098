using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Identity;

namespace EdgeEnforcement.OperatorConsole.Views.Procedure;

/// <summary>The process of one case as one officer sees it.</summary>
public sealed class ProcessView(ProcedureQueries queries, IOperatorContext context, TimeProvider time)
{
    // Acts that are possible in most states: they have places of their own on the page.
    private static readonly HashSet<ProcedureActKind> Beside =
    [
        ProcedureActKind.IssueDocument, ProcedureActKind.BindScan, ProcedureActKind.CorrectDocument, ProcedureActKind.ExtendDeadline, ProcedureActKind.PauseClock,
        ProcedureActKind.ResumeClock, ProcedureActKind.Approve, ProcedureActKind.ReturnRequest, ProcedureActKind.WithdrawRequest,
    ];

    public ProcedureView? Seen { get; private set; }

    public RulesBook Rules { get; private set; } = RulesBook.None;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>What the officer at this console may do next; first what nothing is missing for.</summary>
    public IEnumerable<PermittedAct> Mine => Leading.Where(act => act.IsMine).OrderBy(act => act.Missing.Count > 0);

    public IEnumerable<PermittedAct> Others => Leading.Where(act => !act.IsMine);

    public bool Allows(ProcedureActKind kind) => Seen?.Permitted.Any(act => act.Kind == kind && act.IsMine) == true;

    public async Task ReadAsync(string caseId, ulong atLeast, CancellationToken cancellation)
    {
        if (ReferenceEquals(Rules, RulesBook.None))
            Rules = RulesBook.Read(await queries.GetRulesAsync(0, cancellation));
        Seen = await queries.GetAsync(caseId, context.Current.Id, atLeast, cancellation);
    }

    private IEnumerable<PermittedAct> Leading => Seen?.Permitted.Where(act => !Beside.Contains(act.Kind)) ?? [];
}
