using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Detection.Rules;

namespace EdgeEnforcement.IngestService.Procedure.Rules;

/// <summary>One deadline of the rules file.</summary>
internal static class DeadlineReader
{
    // A century of days is a slip of the pen, and a loop over working days has an end.
    private const int LongestPeriod = 3_660;

    private static readonly Dictionary<string, DeadlineUnit> Units = new(StringComparer.Ordinal)
    {
        ["HOURS"] = DeadlineUnit.Hours, ["WORKING_DAYS"] = DeadlineUnit.WorkingDays, ["CALENDAR_DAYS"] = DeadlineUnit.CalendarDays,
        ["MONTHS"] = DeadlineUnit.Months, ["YEARS"] = DeadlineUnit.Years,
    };

    private static readonly Dictionary<string, CountsFrom> Starts = new(StringComparer.Ordinal)
    {
        ["ACT"] = CountsFrom.Act, ["OPENING"] = CountsFrom.Opening,
    };

    private static readonly Dictionary<string, ClockCondition> Conditions = new(StringComparer.Ordinal)
    {
        ["ALWAYS"] = ClockCondition.Always, ["TO_BE_PAID"] = ClockCondition.ToBePaid, ["COLLECTED_ON_THE_SPOT"] = ClockCondition.CollectedOnTheSpot,
        ["OPINION_AGREES"] = ClockCondition.OpinionAgrees, ["HEARING_OFFERED"] = ClockCondition.HearingOffered,
    };

    public static DeadlineRule Read(ObjectReader json)
    {
        (DateOnly? from, DateOnly? through) = RuleParts.Period(json);
        bool dueFromAct = json.Flag("dueFromAct", otherwise: false);
        DeadlineRule rule = new()
        {
            Id = json.Text("id", longest: 16),
            Zh = json.Text("zh", longest: 200),
            En = json.Text("en", longest: 200),
            Period = dueFromAct ? json.Count("period", 0, 0, 0) : json.Count("period", 1, LongestPeriod),
            Unit = json.Choice("unit", Units, dueFromAct ? DeadlineUnit.CalendarDays : null),
            Rolls = json.Flag("rolls", otherwise: true),
            CountsFrom = json.Choice("countsFrom", Starts, CountsFrom.Act),
            When = json.Choice("when", Conditions, ClockCondition.Always),
            StartsWith = RuleParts.Names<ProcedureActKind>(json, "startsWith"),
            StopsWith = RuleParts.Names<ProcedureActKind>(json, "stopsWith"),
            DueFromAct = dueFromAct,
            OutlastsEnd = json.Flag("outlastsEnd", otherwise: false),
            Effect = json.Choice("effect", ProtoNames<ClockEffect>.All),
            HeldActs = RuleParts.Names<ProcedureActKind>(json, "heldActs"),
            PausesIn = RuleParts.Names<ProcedureState>(json, "pausesIn"),
            PauseReasons = RuleParts.Codes(json, "pauseReasons", required: false),
            Extensions = Extensions(json),
            Owner = json.Choice("owner", ProtoNames<OfficerRole>.All),
            Articles = json.Texts("articles", required: false),
            Domains = RuleParts.Domains(json),
            From = from,
            Through = through,
            Source = json.Text("source", longest: 200),
        };
        json.Finish();
        Check(json, rule);
        return rule;
    }

    private static void Check(ObjectReader json, DeadlineRule rule)
    {
        bool holds = rule.Effect is ClockEffect.Block or ClockEffect.Opens;
        if (!holds && rule.HeldActs.Count > 0)
            json.Note("heldActs", "only BLOCK and OPENS hold acts back");
        if (holds && rule.StartsWith.Count > 0 && rule.HeldActs.Count == 0)
            json.Note("heldActs", $"{ProtoNames<ClockEffect>.Of(rule.Effect)} without an act it holds back");
        if (rule.When == ClockCondition.HearingOffered && !holds)
            json.Note("when", "HEARING_OFFERED is looked at when an act is held back: only with BLOCK or OPENS");
        if (rule.CountsFrom == CountsFrom.Opening && (rule.DueFromAct && rule.StartsWith.Count > 0 || rule.When != ClockCondition.Always))
            json.Note("countsFrom", "OPENING begins with the lead: no act says when it is due, or whether; the source of the lead may");
        ProcedureActKind[] nameless = [.. rule.DueFromAct
            ? rule.StartsWith.Where(kind => kind is not (ProcedureActKind.Remind or ProcedureActKind.Dispatch or ProcedureActKind.EscalateDispatch or ProcedureActKind.GrantDeferral))
            : []];
        if (nameless.Length > 0)
            json.Note("dueFromAct", $"{ProtoNames<ProcedureActKind>.Of(nameless[0])} names no due instant");
    }

    private static List<DeadlineExtension> Extensions(ObjectReader deadline)
    {
        List<DeadlineExtension> extensions = [];
        foreach (ObjectReader json in deadline.Objects("extensions", required: false))
        {
            DeadlineExtension extension = new(
                RuleParts.Code(json), json.Count("maxUnits", 1, LongestPeriod), json.Choice("approver", ProtoNames<OfficerRole>.All));
            if (extensions.Any(known => known.Reason.Code == extension.Reason.Code))
                json.Note("code", $"'{extension.Reason.Code}' is there twice");
            extensions.Add(extension);
            json.Finish();
        }

        return extensions;
    }
}
