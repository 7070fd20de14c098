using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Refusals;
using EdgeEnforcement.IngestService.Registers;

namespace EdgeEnforcement.IngestService.Cases.Registers;

/// <summary>Acts on the registers: change, and look at a protected number.</summary>
internal sealed class RegisterActs(RegisterTurn turn)
{
    private const int MaxChanges = 200;

    public async Task<RegisterActResult> ChangeAsync(ChangeRegisterRequest act, CancellationToken cancellation)
    {
        if (ActRules.Actor(act.Actor) is { } incomplete)
            return RegisterActResult.Refused(incomplete);
        if (act.Changes.Count is < 1 or > MaxChanges || act.Changes.Any(make => make.Change is null))
            return RegisterActResult.Refused(new RefusalDetail(RefusalCode.IncompleteAct, $"an act makes 1 to {MaxChanges} changes"));
        return await turn.RunAsync(async stand =>
        {
            if ((KeepMasked(stand, act.Changes) ?? stand.Decider.WhyNot(act.Changes, act.Actor)) is { } refusal)
                return RegisterActResult.Refused(refusal);
            RegisterChanged changed = new() { Actor = act.Actor, Changes = { act.Changes.Select(make => make.Change) } };
            Record fact = new() { Preconditions = { stand.Unmoved }, Sensitivity = Sensitivity.Internal };
            if (RegisterContent.IsAboutParties(RegisterContent.KindOf(changed.Changes[0])))
                (fact.ObjectRegisterChanged, fact.Sensitivity) = (changed, Sensitivity.Personal);
            else
                fact.RegisterChanged = changed;
            return await turn.AppendAsync(fact, cancellation);
        }, cancellation);
    }

    public async Task<(RegisterActResult Result, EnforcementObject? Shown)> RevealAsync(RevealIdentityRequest act, CancellationToken cancellation)
    {
        if ((ActRules.Actor(act.Actor) ?? ActRules.Subject(act.ObjectId) ?? ActRules.Reason(act.Reason)) is { } incomplete)
            return (RegisterActResult.Refused(incomplete), null);
        return await turn.RunAsync(async stand =>
        {
            RegisterVersion? version = NowOf(stand, act.ObjectId);
            if (version is null || version.Change.EnforcementObject.IdentityNumber.Length == 0)
                return (RegisterActResult.Refused(new RefusalDetail(RefusalCode.UnknownSubject, $"object {act.ObjectId} has no number that is protected")), null);
            RegisterActResult result = await turn.AppendAsync(new Record
            {
                Preconditions = { stand.Unmoved },
                Sensitivity = Sensitivity.Internal,
                IdentityRevealed = new IdentityRevealed
                {
                    ObjectId = act.ObjectId, EntryIndex = version.Entry, Reason = act.Reason.Trim(), Actor = act.Actor,
                },
            }, cancellation);
            if (result.Receipt is null)
                return (result, null);
            // It may have been erased since the table was read: then there is nothing left to show, and the entry says who asked.
            return InFull(version) is { } shown ? (result, shown) : (RegisterActResult.Refused(Gone(version)), null);
        }, cancellation);
    }

    /// A number as it is shown, masked, stands for the one it masks: who changes an address has never seen it, and writes it again all the same.
    private RefusalDetail? KeepMasked(RegisterStand stand, IEnumerable<ChangeToMake> changes)
    {
        foreach (RegisterChange change in changes.Select(make => make.Change))
        {
            if (change is not { Ended: false, EnforcementObject: { IdentityNumber: var number } known } || !number.Contains('*', StringComparison.Ordinal)
                || NowOf(stand, change.Id) is not { } version || version.Change.EnforcementObject.IdentityNumber != number)
                continue;
            if (InFull(version) is not { } full)
                return Gone(version);
            known.IdentityNumber = full.IdentityNumber;
        }

        return null;
    }

    private RegisterVersion? NowOf(RegisterStand stand, string objectId) =>
        stand.Decider.Find(RegisterKind.Object, objectId)?.InForce(new RegisterAsOf(turn.NowMicros));

    /// From the ledger's entry, where alone a number stands in full; null: erased.
    private EnforcementObject? InFull(RegisterVersion version) => EntryDecoder.Decode(
        turn.Ledger.Read(new EntryIndex(version.Entry)), type => type == Record.BodyOneofCase.ObjectRegisterChanged)
        .Record?.ObjectRegisterChanged.Changes.ElementAtOrDefault((int)version.Line)?.EnforcementObject;

    private static RefusalDetail Gone(RegisterVersion version) => new(RefusalCode.Erased, $"entry {version.Entry} was lawfully deleted");
}
