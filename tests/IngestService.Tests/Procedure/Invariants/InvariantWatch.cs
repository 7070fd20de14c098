using System.Security.Cryptography;
using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using Google.Protobuf;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;
using State = EdgeEnforcement.Contracts.V1.ProcedureState;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Invariants;

/// <summary>
/// The invariants of the lawful process, judged by the facts alone: it keeps its own small record of a case, and asks neither the machine's guards
/// nor its folded state. Each failure says which invariant, of the numbering of the process description (section 5).
/// </summary>
internal sealed class InvariantWatch(string domain, bool wasFined)
{
    private readonly HashSet<string> _handlersEver = [];
    private readonly HashSet<string> _actors = [];
    private readonly EvidenceWatch _evidence = new();
    private readonly DecisionWatch _decision = new(domain);
    private byte[] _chain = [];
    private DateTimeOffset _last;
    private (Kind Kind, ProcedureAct Act, ulong Entry)? _pending;

    public Dictionary<Kind, int> Done { get; } = [];

    public void Attached(EvidenceSource source) => _evidence.Attached(source);

    public void Detached(string key) => _evidence.Detached(key);

    public void Saw(ProcedureActed fact, ulong entry, byte[] leaf)
    {
        ProcedureAct act = fact.Act;
        Must(fact.PreviousStateSha256.Span.SequenceEqual(_chain), 15, "the chain of states is broken");
        _chain = SHA256.HashData([.. _chain, .. leaf]);
        DateTimeOffset at = fact.At.ToDateTimeOffset();
        Must(at >= _last && act.Actor.Id.Length > 0, 15, "no actor, or time runs back");
        _last = at;
        People(act);
        if (fact.Requested)
        {
            Must(_pending is null && fact.From == fact.To, 15, "a second request, or one that moves");
            _pending = (act.Kind, act, entry);
            return;
        }

        if (act.Kind is Kind.Approve or Kind.ReturnRequest or Kind.WithdrawRequest)
            act = Answered(act);
        if (act.Kind is Kind.ReturnRequest or Kind.WithdrawRequest)
            return;
        Done[act.Kind] = Done.GetValueOrDefault(act.Kind) + 1;
        Effect(act, fact, at);
    }

    private ProcedureAct Answered(ProcedureAct answer)
    {
        Must(_pending is not null && answer.Answer.RequestEntry == _pending.Value.Entry, 15, "an answer to nothing");
        (Kind _, ProcedureAct asked, ulong _) = _pending!.Value; // the line above
        _pending = null;
        if (answer.Kind != Kind.Approve)
            return answer;
        Must(answer.Actor.Id != asked.Actor.Id && answer.Actor.Id != asked.SecondOfficerId, 5, "approved by who asked");
        Must(answer.Role != OfficerRole.AgencyHead || !_handlersEver.Contains(answer.Actor.Id), 5, "the head who approves handled the case");
        return asked;
    }

    // Invariant 2, and separation of duties.
    private void People(ProcedureAct act)
    {
        foreach (string id in (string[])[act.Actor.Id, act.SecondOfficerId, act.Officers?.FirstOfficerId ?? "", act.Officers?.SecondOfficerId ?? ""])
            Must(!Crew.Barred.Contains(id) && id != "nobody", 2, $"{id} may not act");
        bool simple = act.Kind is Kind.StartSimple or Kind.DecideSimple && domain != "traffic";
        bool two = act.Kind is Kind.Remind or Kind.RecordInvestigation or Kind.Preserve or Kind.EndInvestigation or Kind.ServeNotice or Kind.RecheckDefence or Kind.ServeDecision;
        Must(!(two || simple) || (act.SecondOfficerId.Length > 0 && act.SecondOfficerId != act.Actor.Id), 2, "fewer than two officers");
        if (act is { Kind: Kind.AssignOfficers, Officers: { } officers })
        {
            Must(officers.FirstOfficerId != officers.SecondOfficerId, 2, "one officer assigned twice");
            _handlersEver.UnionWith([officers.FirstOfficerId, officers.SecondOfficerId]);
        }

        if (act.Role == OfficerRole.Handler)
            _handlersEver.UnionWith(act.SecondOfficerId.Length > 0 ? [act.Actor.Id, act.SecondOfficerId] : [act.Actor.Id]);
        _actors.UnionWith([act.Actor.Id, act.SecondOfficerId, .. _handlersEver]);
    }

    private void Effect(ProcedureAct act, ProcedureActed fact, DateTimeOffset at)
    {
        _evidence.Effect(act, fact);
        switch (act.Kind)
        {
            case Kind.File:
                Must(!_evidence.OnlyMonitors || (fact.From == State.A2EvidenceReview && _evidence.AnyProven), 1, "filed on records nobody reviewed");
                Must(!wasFined, 8, "filed for a violation that was fined");
                break;
            case Kind.GiveOpinion:
                Must(!_handlersEver.Contains(act.Actor.Id) && act.Actor.Id != Crew.Unqualified, 5, "reviewed by a handler, or without qualification");
                break;
            case Kind.RecordHearing:
                Must(!_handlersEver.Contains(act.Actor.Id), 5, "a handler presided");
                break;
            case Kind.DecidePenalty:
                Must(!wasFined || act.Decision.Sanction.FineFen == 0, 8, "fined twice");
                break;
            case Kind.DecideSimple:
                Must(!wasFined && act.SimpleDecision.Sanction.FineFen is >= 0 and <= 20_000, 8, "a simple decision over the limit, or a second fine");
                break;
            case Kind.RecordPayment:
                Must(!_actors.Contains(act.Payment.CollectedBy) || _decision.OnTheSpot, 14, "the decider collected");
                break;
        }

        _decision.Effect(act, at, _evidence);
    }

    internal static void Must(bool holds, int invariant, string broken)
    {
        if (!holds)
            throw new InvalidOperationException($"invariant {invariant}: {broken}");
    }
}
