using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.OperatorConsole.Desk.Actions;
using EdgeEnforcement.OperatorConsole.Desk.Queries;
using EdgeEnforcement.OperatorConsole.Views.Forms;
using Google.Protobuf;
using Grpc.Core;

namespace EdgeEnforcement.OperatorConsole.Views.Inspections;

/// <summary>One act on an inspection being written, and what the service says to it. After a conflict nothing of what was typed is lost.</summary>
public sealed class InspectionDraft(InspectionTaskActs acts, InspectionQueries queries, DeskQueries desk, RegisterQueries registers)
{
    private Inspection _seen = new();
    private bool _wasTried;

    public InspectionAct Act { get; private set; } = new();

    public IMessage? Content => FormFields.ContentOf(Act);

    public InspectionChoices Choices { get; } = new(desk, registers);

    public bool Busy { get; private set; }

    public ActOutcome? Outcome { get; private set; }

    /// <summary>Earlier inspections of the same object.</summary>
    public IReadOnlyList<EarlierInspection> Earlier { get; private set; } = [];

    /// <summary>The profile asks why the object is inspected again.</summary>
    public bool AsksWhy => Act.Kind is InspectionActKind.Plan or InspectionActKind.Start;

    public static bool Asks(InspectionActKind kind, string field) => kind switch
    {
        InspectionActKind.LinkRecording => field != "reason",
        InspectionActKind.UnlinkRecording => field != "finding",
        _ => true,
    };

    /// <param name="seen">Null: a new inspection.</param>
    /// <param name="act">As far as it is known already.</param>
    /// <param name="cancellation">The dialog is left.</param>
    public async Task BeginAsync(InspectionView? seen, InspectionAct act, CancellationToken cancellation)
    {
        (_seen, Act, Earlier) = (seen?.State ?? new Inspection(), act, seen?.Earlier ?? []);
        await Choices.ReadAsync(_seen, act.Kind, Content?.Descriptor, cancellation);
    }

    /// <summary>What the service would say now; nothing is written.</summary>
    public Task TryAsync() => SendAsync(isTrial: true);

    /// <summary>A list of refusals shrinks while the form is filled in.</summary>
    public Task TypedAsync() => _wasTried && !Busy ? TryAsync() : Task.CompletedTask;

    /// <returns>Null: not done; the outcome says why.</returns>
    public async Task<ActOutcome?> DoAsync()
    {
        if (Busy)
            return null;
        await SendAsync(isTrial: false);
        return Outcome is { IsDone: true } ? Outcome : null;
    }

    public static InspectionAct Begin(InspectionActKind kind, InspectionPlan? plan = null)
    {
        var act = new InspectionAct { Kind = kind };
        switch (kind)
        {
            case InspectionActKind.Plan: act.Plan = plan?.Clone() ?? new InspectionPlan(); break;
            case InspectionActKind.Start: act.Start = new InspectionStart { Place = plan?.Place ?? "" }; break;
            case InspectionActKind.LinkRecording or InspectionActKind.UnlinkRecording: act.Recording = new InspectionRecording(); break;
            case InspectionActKind.RecordFinding: act.Finding = new InspectionFinding { ItemId = plan?.ItemId ?? "" }; break;
            case InspectionActKind.Finish: act.Finish = new InspectionFinish(); break;
            case InspectionActKind.Cancel: act.Cancel = new InspectionCancel(); break;
        }
        return act;
    }

    private async Task SendAsync(bool isTrial)
    {
        (Busy, _wasTried) = (true, true);
        try
        {
            (Outcome, var earlier) = await acts.ActAsync(_seen.InspectionId, _seen.LifecycleVersion, Act, isTrial);
            Earlier = Outcome.IsDone ? earlier : Earlier;
            if (Outcome.Result == ActResult.Conflict)
                await SeeAgainAsync();
        }
        finally
        {
            Busy = false;
        }
    }

    // The next try is about what the operator has now been told: the service's sentence names who did what.
    private async Task SeeAgainAsync()
    {
        try
        {
            var now = await queries.GetAsync(_seen.InspectionId, "", 0, CancellationToken.None);
            (_seen, Earlier) = (now.State, now.Earlier);
            await Choices.ReadAsync(_seen, Act.Kind, Content?.Descriptor, CancellationToken.None);
        }
        catch (RpcException)
        {
            // The sentence about the conflict stands; the page's read says that the service is away.
        }
    }
}
