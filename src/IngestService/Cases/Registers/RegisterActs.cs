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
            if (stand.Decider.WhyNot(act.Changes, act.Actor) is { } refusal)
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
            RegisterVersion? version = stand.Decider.Find(RegisterKind.Object, act.ObjectId)?.InForce(new RegisterAsOf(turn.NowMicros));
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
            return result.Receipt is null ? (result, null) : Shown(result, version);
        }, cancellation);
    }

    /// It may have been erased since the table was read: then there is nothing left to show, and the entry says who asked.
    private (RegisterActResult, EnforcementObject?) Shown(RegisterActResult result, RegisterVersion version)
    {
        ProjectedEntry entry = EntryDecoder.Decode(
            turn.Ledger.Read(new EntryIndex(version.Entry)), type => type == Record.BodyOneofCase.ObjectRegisterChanged);
        EnforcementObject? shown = entry.Record?.ObjectRegisterChanged.Changes.ElementAtOrDefault((int)version.Line)?.EnforcementObject;
        return shown is null
            ? (RegisterActResult.Refused(new RefusalDetail(RefusalCode.Erased, $"entry {version.Entry} was lawfully deleted")), null)
            : (result, shown);
    }
}
