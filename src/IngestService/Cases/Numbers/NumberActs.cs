using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Ledger;
using EdgeEnforcement.IngestService.Procedure.Numbers;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Refusals;

namespace EdgeEnforcement.IngestService.Cases.Numbers;

/// <summary>Leasing blocks of document numbers and voiding single ones.</summary>
internal sealed class NumberActs(
    NumberOffers offers, INumberQueries numbers, IProcedureQueries procedure, ActState state, IFactAppender appender, TimeProvider time)
{
    /// <summary>A booklet has 25 or 50 forms; a record holds one precondition for each number of the block.</summary>
    public const uint LargestBlock = 100;

    public async Task<(ActResult Result, LeaseNumbersAnswer? Leased)> LeaseAsync(LeaseNumbersRequest act, CancellationToken cancellation)
    {
        if (Incomplete(act) is { } incomplete)
            return (ActResult.Refused(incomplete), null);
        while (true)
        {
            await state.CatchUpAsync(cancellation);
            (NumberBlockLeased? leased, RefusalDetail? refusal) = Block(act);
            if (leased is null)
                return (ActResult.Refused(refusal!), null); // exactly one of the two is set
            FactOutcome appended = await appender.AppendAsync(LeafOrigin.Operator, Fact(leased), cancellation);
            if (appended.Outcome.Receipt is { } receipt)
                return (new ActResult(receipt, leased.BlockId, 1, null), Answer(leased, receipt));

            // One of the numbers went to somebody else in the same moment: the block behind it.
            if (appended.Outcome.Refusal is not { Code: RefusalCode.Conflict })
                return (ActResult.Refused(appended.Outcome.Refusal!), null);
        }
    }

    public async Task<ActResult> VoidAsync(VoidNumberRequest act, CancellationToken cancellation)
    {
        if ((ActRules.Actor(act.Actor) ?? ActRules.Subject(act.AgencyId) ?? ActRules.Reason(act.Reason)) is { } incomplete)
            return ActResult.Refused(incomplete);
        await state.CatchUpAsync(cancellation);
        NumberStream stream = new(act.AgencyId, act.Kind, (int)act.Year, act.Ordinal);
        if (numbers.Find(stream) is not { } known)
            return ActResult.Refused(new RefusalDetail(RefusalCode.UnknownSubject, NumberRules.WhyNotVoid(null, null)!)); // an unknown number is always refused
        CaseDocument? document = known.CaseId.Length == 0 ? null : procedure.Find(known.CaseId)?.Documents.FirstOrDefault(made => made.DocumentId == known.Subject);
        if (NumberRules.WhyNotVoid(known, document) is { } wrong)
            return ActResult.Refused(new RefusalDetail(RefusalCode.NotPermitted, wrong));
        ulong version = state.VersionOf(stream.ToString());
        FactOutcome appended = await appender.AppendAsync(LeafOrigin.Operator, new Record
        {
            Sensitivity = Sensitivity.Internal,
            Preconditions = { new StreamPrecondition { Stream = stream.ToString(), ExpectedVersion = version } },
            NumberVoided = new NumberVoided
            {
                AgencyId = act.AgencyId, Kind = act.Kind, Year = act.Year, Ordinal = act.Ordinal, Text = known.Text, Reason = act.Reason.Trim(), Actor = act.Actor,
                WasLeased = known.BlockId.Length > 0,
            },
        }, cancellation);
        return appended.Outcome.Receipt is { } receipt
            ? new ActResult(receipt, stream.ToString(), version + 1, null)
            : ActResult.Refused(appended.Outcome.Refusal!); // exactly one of the two is set
    }

    private static RefusalDetail? Incomplete(LeaseNumbersRequest act) =>
        ActRules.Actor(act.Actor) ?? ActRules.Subject(act.AgencyId) ?? ActRules.Reason(act.Reason)
        ?? (act.Count is < 1 or > LargestBlock || act.Holder.Trim().Length == 0 || act.HolderKind == NumberHolder.Unspecified
            ? new RefusalDetail(RefusalCode.IncompleteAct, $"a block has 1 to {LargestBlock} numbers and a holder of a known kind")
            : null);

    private (NumberBlockLeased? Leased, RefusalDetail? Refusal) Block(LeaseNumbersRequest act)
    {
        ProcedureRules? rules = procedure.CurrentRules?.Rules;
        if (rules?.Agencies.FirstOrDefault(known => known.UnitId == act.AgencyId) is not { } agency)
            return (null, new RefusalDetail(RefusalCode.UnknownSubject, $"the rules in force know no numbers of agency {act.AgencyId}"));
        int year = act.Year == 0 ? CivilDate.YearOf(time) : (int)act.Year;
        DocumentTemplate? template = rules.Templates.FirstOrDefault(known => known.Kind == act.Kind && known.NumberPattern.Length > 0);
        if (template is null)
            return (null, new RefusalDetail(RefusalCode.NotPermitted, $"documents of kind {act.Kind} carry no number"));
        uint first = offers.NextFree(act.AgencyId, act.Kind, year);
        NumberBlock block = new() { AgencyId = act.AgencyId, Kind = act.Kind, Year = (uint)year, First = first, Last = first + act.Count - 1 };
        return (new NumberBlockLeased
        {
            BlockId = $"{act.AgencyId}/{ProtoNames<DocumentKind>.Of(act.Kind)}/{block.Year}/{block.First}-{block.Last}",
            Block = block, HolderKind = act.HolderKind, Holder = act.Holder.Trim(), Pattern = template.NumberPattern, AgencyShortName = agency.ShortName,
            Reason = act.Reason.Trim(), Actor = act.Actor,
        }, null);
    }

    private static LeaseNumbersAnswer Answer(NumberBlockLeased leased, AppendReceipt receipt) => new()
    {
        Block = leased.Block, FirstText = TextOf(leased, leased.Block.First), LastText = TextOf(leased, leased.Block.Last),
        EntryIndex = receipt.Index.Value, LedgerSize = receipt.DurableSize,
    };

    private static string TextOf(NumberBlockLeased leased, uint ordinal) =>
        NumberPattern.Format(leased.Pattern, leased.AgencyShortName, (int)leased.Block.Year, ordinal);

    private static Record Fact(NumberBlockLeased leased)
    {
        Record fact = new() { Sensitivity = Sensitivity.Internal, NumberBlockLeased = leased };
        NumberBlock block = leased.Block;
        for (uint ordinal = block.First; ordinal <= block.Last; ordinal++)
            fact.Preconditions.Add(new StreamPrecondition { Stream = new NumberStream(block.AgencyId, block.Kind, (int)block.Year, ordinal).ToString() });
        return fact;
    }
}
