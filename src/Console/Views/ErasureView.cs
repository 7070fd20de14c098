using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Identity;

namespace EdgeEnforcement.OperatorConsole.Views;

/// <summary>
/// One lawful deletion: what goes and why, who has agreed, and the two acts on it. An act carries the version that was on the screen
/// when the operator began it: a first approval can never turn into the second, which deletes, because somebody else was quicker.
/// </summary>
public sealed class ErasureView(DeskQueries queries, OperatorActs acts, EntryReader entries, IOperatorContext context)
{
    // An approver looks at what goes; past this the page shows numbers and kinds and the ledger has the rest.
    private const int DescribedEntries = 100;

    private readonly Dictionary<ulong, Record> _contents = [];

    public ErasureDetail? Detail { get; private set; }

    public ErasureMode Mode { get; private set; }

    /// <summary>The erasure as the operator saw it when the act began; its version goes into the act.</summary>
    public ErasureRow? Subject { get; private set; }

    public string WithdrawReason { get; set; } = "";

    public bool Busy { get; private set; }

    public ErasureNotice? Notice { get; private set; }

    public bool IsOpen => Detail?.Row.State is ErasureState.Requested or ErasureState.ApprovedOnce;

    /// <summary>The second approval deletes.</summary>
    public bool NextApprovalDeletes => (Subject ?? Detail?.Row)?.State == ErasureState.ApprovedOnce;

    /// <summary>Why the service would refuse this operator's approval: a key of the texts, empty when it would not.</summary>
    public string Hindrance => Detail is null || !IsOpen ? "" : HindranceOf(Detail.Row);

    /// <summary>The record of an entry that goes, while it is there to be read.</summary>
    public Record? ContentOf(ulong entryIndex) => _contents.GetValueOrDefault(entryIndex);

    public async Task ReadAsync(string erasureId, ulong atLeast, CancellationToken cancellation)
    {
        var detail = await queries.GetErasureAsync(erasureId, atLeast, cancellation);
        if (Detail is not null && Detail.Row.ErasureId == erasureId && detail.ProjectedSize < Detail.ProjectedSize)
            return;
        if (Detail?.Row.ErasureId != erasureId || detail.Row.State == ErasureState.Erased)
            _contents.Clear(); // what was deleted is not kept on a screen either
        Detail = detail;
        if (detail.Row.State == ErasureState.Erased)
            return;
        foreach (var item in detail.Items.Take(DescribedEntries).Where(item => !_contents.ContainsKey(item.EntryIndex)))
        {
            if (await entries.ReadAsync(item.EntryIndex, cancellation) is { } record)
                _contents[item.EntryIndex] = record;
        }
    }

    public void BeginApproval() => Begin(ErasureMode.Approving);

    public void BeginWithdrawal() => Begin(ErasureMode.Withdrawing);

    public void Cancel() => (Mode, Subject) = (ErasureMode.Ready, null);

    public void DismissNotice() => Notice = null;

    public Task<ActOutcome?> ApproveAsync() =>
        Mode == ErasureMode.Approving && Subject is { } seen ? ActAsync("approve", seen, () => acts.ApproveErasureAsync(seen)) : Nothing();

    public Task<ActOutcome?> WithdrawAsync() =>
        Mode == ErasureMode.Withdrawing && Subject is { } seen && WithdrawReason.Trim().Length > 0
            ? ActAsync("withdraw", seen, () => acts.WithdrawErasureAsync(seen, WithdrawReason.Trim()))
            : Nothing();

    private static Task<ActOutcome?> Nothing() => Task.FromResult<ActOutcome?>(null);

    private void Begin(ErasureMode mode)
    {
        if (!Busy && IsOpen && Detail is not null)
            (Mode, Subject, WithdrawReason, Notice) = (mode, Detail.Row, "", null);
    }

    private async Task<ActOutcome?> ActAsync(string act, ErasureRow seen, Func<Task<ActOutcome>> perform)
    {
        if (Busy)
            return null;
        Busy = true;
        try
        {
            var outcome = await perform();
            Notice = new ErasureNotice(act, outcome, ReasonOf(act, seen, outcome));
            if (outcome.Result != ActResult.NobodyActs)
                Cancel();
            return outcome;
        }
        finally
        {
            Busy = false;
        }
    }

    // The service refuses in English; what this operator cannot do here is known well enough to be said in the page's language.
    private string ReasonOf(string act, ErasureRow seen, ActOutcome outcome) => outcome.Result switch
    {
        ActResult.Refused when act == "approve" => HindranceOf(seen),
        ActResult.Conflict => "Erasure.Moved",
        _ => "",
    };

    private string HindranceOf(ErasureRow row) => context.Current switch
    {
        { IsKnown: false } => "",
        var me when IsSame(row.Requester, me) => "Erasure.OwnRequest",
        var me when row.Approvers.Any(approver => IsSame(approver, me)) => "Erasure.OwnApproval",
        _ => "",
    };

    // As the service compares persons: by id alone.
    private static bool IsSame(Actor? actor, OperatorIdentity me) =>
        actor is not null && string.Equals(actor.Id.Trim(), me.Id.Trim(), StringComparison.OrdinalIgnoreCase);
}
