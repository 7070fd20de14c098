using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Localization;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Views.Registers;

/// <summary>
/// One subject being written: what the operator saw, what he wants, why and from when. Another's change in between is shown, field by field,
/// and nothing of what was typed is lost.
/// </summary>
public sealed class RegisterEditView(RegisterChanges changes, RegisterQueries queries)
{
    private RegisterKind _kind;
    private ulong _seenVersion;
    private RegisterChange? _seen;

    /// <summary>Null while nothing is edited.</summary>
    public RegisterChange? Draft { get; private set; }

    /// <summary>What the form is about, for the page: the same view serves several forms.</summary>
    public string Form { get; private set; } = "";

    public string Reason { get; set; } = "";

    /// <summary>Civil time; null: from the entry on.</summary>
    public DateTime? From { get; set; }

    /// <summary>Civil time; null: open.</summary>
    public DateTime? Until { get; set; }

    public bool Correction { get; set; }

    /// <summary>Versions that are planned for within the period give way.</summary>
    public bool ReplacesPlanned { get; set; }

    /// <summary>Nobody has seen a version of it: its number is still to be given.</summary>
    public bool IsNew => Draft is not null && _seenVersion == 0;

    public bool Busy { get; private set; }

    public ActOutcome? Outcome { get; private set; }

    /// <summary>After a conflict: what others wrote since the version that was seen, newest first.</summary>
    public IReadOnlyList<SubjectVersion> Since { get; private set; } = [];

    /// <param name="seen">Null for a subject that is new.</param>
    public void Begin(string form, RegisterKind kind, RegisterChange draft, SubjectRow? seen)
    {
        Draft = draft.Clone();
        (Draft.ValidFrom, Draft.ValidUntil, Draft.Correction, Draft.Ended) = (null, null, false, draft.Ended);
        (Form, _kind, _seenVersion, _seen) = (form, kind, seen?.Version ?? 0, seen?.Change.Clone());
        (Reason, From, Until, Correction, ReplacesPlanned, Outcome, Since) = ("", null, null, false, false, null, []);
    }

    /// <summary>From an instant on there is no such subject any more; what it was stays in its history.</summary>
    public void BeginEnd(string form, SubjectRow seen)
    {
        var ended = seen.Change.Clone();
        ended.Ended = true;
        Begin(form, seen.Kind, ended, seen);
    }

    public void Cancel() => (Draft, Form, Outcome, Since) = (null, "", null, []);

    /// <returns>The ledger's size to read at least to; 0 when nothing was written.</returns>
    public async Task<ulong> SaveAsync()
    {
        if (Busy || Draft is not { } draft)
            return 0;
        Busy = true;
        (draft.Id, draft.Reason, draft.Correction) = (draft.Id.Trim(), Reason.Trim(), Correction);
        (draft.ValidFrom, draft.ValidUntil) = (From is { } from ? Figures.FromCivil(from) : null, Until is { } until ? Figures.FromCivil(until) : null);
        try
        {
            Outcome = await changes.ChangeAsync(new ChangeToMake { Change = draft, ExpectedVersion = _seenVersion, ReplacesPlanned = ReplacesPlanned });
            if (Outcome.IsDone)
                (Draft, Since) = (null, []);
            else if (Outcome.Result == ActResult.Conflict)
                await ExplainAsync(draft);
            return Outcome.LedgerSize;
        }
        finally
        {
            Busy = false;
        }
    }

    // The next try is about what the operator has now been shown, and writes over nothing he did not touch.
    private async Task ExplainAsync(RegisterChange draft)
    {
        try
        {
            if (await queries.FindAsync(_kind, draft.Id, 0, CancellationToken.None) is not { } now)
                return;
            Since = [.. now.Versions.Where(version => version.Version > _seenVersion)];
            if (_seen is not null)
                RegisterMerge.TakeUntouched(_seen, draft, now.Row.Change);
            (_seenVersion, _seen) = (now.Row.Version, now.Row.Change.Clone());
        }
        catch (RpcException)
        {
            // The service's own sentence about the conflict stands; the page's read says that the service is away.
        }
    }
}
