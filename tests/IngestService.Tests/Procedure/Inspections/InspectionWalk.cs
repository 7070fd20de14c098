using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.IngestService.Procedure;
using EdgeEnforcement.IngestService.Procedure.Inspections;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Tests.Procedure.Kit;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf.WellKnownTypes;
using Kind = EdgeEnforcement.Contracts.V1.InspectionActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Inspections;

/// <summary>One inspection driven through the decider and the fold, by the crew's people.</summary>
internal sealed class InspectionWalk
{
    public const ulong Recording = 77;

    private ulong _entry = 1_000;

    public Inspection Subject { get; } = new();

    public DateTimeOffset Now { get; set; } = RegisterWorld.Stamp("2026-03-02 09:00").ToDateTimeOffset();

    public ProcedureRules Rules { get; set; } = KitRules.Shipped;

    public bool IsObjectKnown { get; set; } = true;

    public bool IsManifestKnown { get; set; } = true;

    public List<EarlierInspection> Earlier { get; } = [];

    public static EarlierInspection Before { get; } = new()
    {
        InspectionId = "other-2026-3", Number = "检查 2026-3", UnitId = "other", StartedAt = RegisterWorld.Stamp("2026-02-11 10:00"), Outcome = InspectionOutcome.NoProblem,
    };

    /// <summary>An inspection up to the state in which an act of that kind may be done.</summary>
    public static InspectionWalk Ready(Kind kind)
    {
        InspectionWalk walk = new();
        Kind[] before = kind switch
        {
            Kind.Plan => [],
            Kind.Start or Kind.Cancel => [Kind.Plan],
            Kind.UnlinkRecording or Kind.RecordFinding => [Kind.Plan, Kind.Start, Kind.LinkRecording],
            Kind.Finish => [Kind.Plan, Kind.Start, Kind.LinkRecording, Kind.RecordFinding],
            _ => [Kind.Plan, Kind.Start],
        };
        foreach (Kind one in before)
            Assert.Empty(walk.Refused(walk.Act(one)));
        return walk;
    }

    /// <returns>Names of the guards that failed; none: it was allowed and is folded.</returns>
    public string[] Refused(InspectionAct act) => [.. Try(act)?.Guards.Select(guard => guard.Name) ?? []];

    public ProcedureRefusal? Try(InspectionAct act)
    {
        ProcedureContext law = new(Now, Crew.Book, 7, Rules, [], new Dictionary<ulong, byte[]>());
        InspectionDecision decision = InspectionDecider.Decide(Subject, act, new InspectionContext(law, IsObjectKnown, IsManifestKnown, Earlier));
        if (decision.Fact is not { } fact)
            return decision.Refusal;
        if (act.Kind == Kind.Plan)
            (fact.InspectionId, fact.Number) = ("team-2026-1", "检查 2026-1");
        InspectionFold.Apply(Subject, InspectionActed.Parser.ParseFrom(Google.Protobuf.MessageExtensions.ToByteArray(fact)), _entry++,
            new EvidenceSource { Key = $"media/{Recording}", EntryIndex = Recording });
        return null;
    }

    /// <summary>An act that passes.</summary>
    public InspectionAct Act(Kind kind)
    {
        InspectionAct act = new() { Kind = kind, Actor = new Actor { Id = Crew.A, Name = Crew.A } };
        switch (kind)
        {
            case Kind.Plan:
                act.Plan = new InspectionPlan
                {
                    Trigger = InspectionTrigger.YearlyPlan, Reference = "2026年度计划第3项", ItemId = Crew.Item("market"), ObjectId = "shop", UnitId = Crew.Team,
                    OfficerIds = { Crew.A, Crew.B }, WindowFrom = Stamp(-1), WindowUntil = Stamp(48), Retention = RetentionClass.TenYears,
                };
                break;
            case Kind.Start:
                act.Start = new InspectionStart { IdentityShown = true, Place = "店内" };
                break;
            case Kind.LinkRecording or Kind.UnlinkRecording:
                act.Recording = new InspectionRecording { ManifestIndex = Recording, Reason = "拍错了" };
                break;
            case Kind.RecordFinding:
                act.Finding = new InspectionFinding { Text = "销售过期食品", Violation = true, ItemId = Crew.Item("market"), EvidenceKeys = { $"media/{Recording}" } };
                break;
            case Kind.Finish:
                act.Finish = new InspectionFinish { Outcome = InspectionOutcome.Violation, Conclusion = "发现一项违法" };
                break;
            case Kind.Cancel:
                act.Cancel = new InspectionCancel { Reason = "对象已停业" };
                break;
        }

        return act;
    }

    public Timestamp Stamp(int hours) => Now.AddHours(hours).ToTimestamp();
}
