using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Cases.Deadlines;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Tests.Doubles;
using EdgeEnforcement.IngestService.Tests.Procedure.Clocks;
using EdgeEnforcement.IngestService.Tests.Procedure.Rules;
using EdgeEnforcement.IngestService.Tests.Registers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Record = EdgeEnforcement.Contracts.V1.Record;

namespace EdgeEnforcement.IngestService.Tests.Cases.Deadlines;

/// <summary>Deadlines over live projections and the ledger double, with the rules for Chongqing and the calendar of 2026.</summary>
internal sealed class DeadlineHost : IAsyncDisposable
{
    private DeadlineHost(MemoryLedger ledger, DeskHost desk)
    {
        (Ledger, Desk) = (ledger, desk);
        Procedure = new ProcedureReader(desk.Projections.Procedure.File);
        Clocks = new ClockReader(desk.Projections.Procedure.File);
        DeadlineLedger facts = new(ledger, desk.Projections, ledger);
        Clock = new DeadlineClock(Clocks, Procedure, facts);
        Alerts = new AlertClock(desk.Alerts, facts);
        Recomputation = new ClockRecomputation(Clocks, Procedure, desk.Registers, facts);
    }

    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public MemoryLedger Ledger { get; }

    public DeskHost Desk { get; }

    public ProcedureReader Procedure { get; }

    public ClockReader Clocks { get; }

    public DeadlineClock Clock { get; }

    public AlertClock Alerts { get; }

    public ClockRecomputation Recomputation { get; }

    public static MemoryLedger NewLedger()
    {
        MemoryLedger ledger = new() { NowMicros = RegisterWorld.At("2026-03-02 08:00") };
        AddCalendar(ledger, ClockWorld.Calendar2026());
        ledger.AppendFact(LeafOrigin.Operator, new Record
        {
            ProcedureRulesActivated = new ProcedureRulesActivated { Content = ByteString.CopyFrom(ProcedureRulesParserTests.ReadSample()), Version = "test" },
        });
        return ledger;
    }

    public static async Task<DeadlineHost> StartAsync(MemoryLedger ledger) => new(ledger, await DeskHost.StartAsync(ledger));

    public static void AddCalendar(MemoryLedger ledger, RegisterChange calendar) => ledger.AppendFact(LeafOrigin.Operator, new Record
    {
        RegisterChanged = new RegisterChanged { Actor = RegisterWorld.Person, Changes = { calendar } },
    });

    /// <summary>A case that is filed, with these deadlines running from then on.</summary>
    public static void File(MemoryLedger ledger, string caseId, string at, params string[] deadlines)
    {
        ledger.AppendFact(LeafOrigin.Operator, new Record { CaseOpened = new CaseOpened { CaseId = caseId, Number = caseId, Title = "案件", Domain = "river" } });
        ProcedureRules rules = ProcedureRulesParser.TryParse(ProcedureRulesParserTests.ReadSample(), out _)!;
        ProcedureActed acted = new()
        {
            CaseId = caseId, From = ProcedureState.A1Lead, To = ProcedureState.B0Filed, At = RegisterWorld.Stamp(at),
            Act = new ProcedureAct { Kind = ProcedureActKind.File, Actor = RegisterWorld.Person, Filing = new Filing() },
        };
        ClockWorld world = new();
        foreach (string id in deadlines)
        {
            ClockState clock = new() { DeadlineId = id.Split('/')[0], Subject = id, StartedAt = acted.At };
            DeadlineRule rule = rules.DeadlineOn(clock.DeadlineId, "river", new DateOnly(2026, 3, 2))!;
            clock.Effect = rule.Effect;
            IngestService.Procedure.Clocks.DuePolicy.Set(clock, rule, world.Calendar);
            acted.Clocks.Add(new ClockChange { Kind = ClockChangeKind.Started, Clock = clock });
        }

        ledger.AppendFact(LeafOrigin.Operator, new Record { ProcedureActed = acted });
    }

    public Task<int> TickAsync(string now) => Clock.TickAsync(ClockWorld.Instant(now), Cancellation);

    public async Task<int> RecomputeAsync(string now)
    {
        int changed = await Recomputation.RunAsync(ClockWorld.Instant(now), Cancellation);
        await Desk.CatchUpAsync(Ledger);
        return changed;
    }

    public async Task<ProcedureCase> CaseAsync(string caseId)
    {
        await Desk.CatchUpAsync(Ledger);
        return Procedure.Find(caseId) ?? throw new InvalidOperationException($"no case {caseId}");
    }

    public IEnumerable<Record> Facts(Record.BodyOneofCase type) => Ledger.Entries.Where(entry => entry.Leaf.Type == (ushort)type)
        .Select(entry => Record.Parser.ParseFrom(SignedEnvelope.Parser.ParseFrom(entry.Envelope.Span).Payload));

    public IEnumerable<string> Told() => Facts(Record.BodyOneofCase.ClockReached).Select(fact => fact.ClockReached)
        .Select(reached => $"{reached.CaseId} {reached.DeadlineId} {reached.Stage} {reached.Revision}");

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
