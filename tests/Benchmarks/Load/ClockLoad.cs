using EdgeEnforcement.Contracts.V1;
using EdgeEnforcement.Evidence;
using EdgeEnforcement.IngestService.Cases.Deadlines;
using EdgeEnforcement.IngestService.Procedure.Clocks;
using EdgeEnforcement.IngestService.Procedure.Rules;
using EdgeEnforcement.IngestService.Projections.Procedure;
using EdgeEnforcement.IngestService.Projections.Registers;
using EdgeEnforcement.IngestService.Projections.Runtime;
using EdgeEnforcement.IngestService.Registers;
using EdgeEnforcement.IngestService.Storage.Sqlite;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace EdgeEnforcement.Benchmarks.Load;

/// <summary>A million deadlines in 200,000 cases: what is due is found, told, and a calendar moves every one of them. Answers are checked.</summary>
internal static class ClockLoad
{
    private const int Cases = 200_000;
    private const int DueCases = 200;
    private static readonly string[] Running = ["D-01", "D-03", "D-06", "D-08", "D-12"];
    private static readonly DateTimeOffset Begin = new(2026, 12, 28, 10, 0, 0, TimeSpan.FromHours(8));

    public static async Task<int> RunAsync()
    {
        byte[] content = await File.ReadAllBytesAsync(Path.Combine("samples", "procedure", "chongqing.json"));
        ProcedureRules rules = ProcedureRulesParser.TryParse(content, out IReadOnlyList<string> errors) ?? throw new InvalidDataException(string.Join('\n', errors));
        using ScratchFolder folder = new();
        RegisterBookWriter registers = new(RegisterBook.Empty);
        Add(registers, Year("2026"));
        RegisterBooks books = new();
        books.Offer(registers.ToBook());
        using SqliteFile file = new(Path.Combine(folder.Path, "procedure.db")), parties = new(Path.Combine(folder.Path, "registers.db"));
        using ProjectionFold fold = new(file, new ProcedureProjection(), 0);
        ClockLedger ledger = new(fold, Micros.Of(Begin));
        ledger.Add(LeafOrigin.Operator, new Record { ProcedureRulesActivated = new ProcedureRulesActivated { Content = ByteString.CopyFrom(content), Version = rules.Version } });
        Fill(ledger, rules, new ClockCalendar(books.Now, new RegisterAsOf(Micros.Of(Begin))), file);

        ClockReader clocks = new(file);
        ProcedureReader procedure = new(file);
        DeadlineLedger facts = new(ledger, ledger, ledger);
        await DueAsync(clocks, new DeadlineClock(clocks, procedure, facts));
        ClockRecomputation recomputation = new(clocks, procedure, new RegisterReader(parties, books, new PartyNumberKey(folder.Path)), facts);
        await RecomputeAsync(recomputation, ledger, registers, books);
        return 0;
    }

    private static void Fill(ClockLedger ledger, ProcedureRules rules, ClockCalendar calendar, SqliteFile file)
    {
        long started = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < Cases; i++)
        {
            string caseId = $"case-{i:D6}";
            Timestamp at = Timestamp.FromDateTimeOffset(i < DueCases ? Begin.AddDays(-60) : Begin);
            ledger.Add(LeafOrigin.Operator, new Record { CaseOpened = new CaseOpened { CaseId = caseId, Number = caseId, Title = "案件", Domain = "river" } });
            ProcedureActed acted = new()
            {
                CaseId = caseId, From = ProcedureState.A1Lead, To = ProcedureState.B0Filed, At = at,
                Act = new ProcedureAct { Kind = ProcedureActKind.File, Actor = new Actor { Id = "p1", Name = "周静" }, Filing = new Filing { UnitId = "u1" } },
            };
            foreach (string id in Running)
            {
                DeadlineRule rule = rules.DeadlineOn(id, "river", new DateOnly(2026, 12, 1)) ?? throw new InvalidDataException(id);
                ClockState clock = new() { DeadlineId = id, StartedAt = at, Effect = rule.Effect, OwnerRole = "HANDLER" };
                DuePolicy.Set(clock, rule, calendar);
                acted.Clocks.Add(new ClockChange { Kind = ClockChangeKind.Started, Clock = clock });
            }

            ledger.Add(LeafOrigin.Operator, new Record { ProcedureActed = acted });
            if (i % 10_000 == 9_999)
                ledger.Fold();
        }

        Say($"{Cases * Running.Length:N0} clocks of {Cases:N0} cases folded in {Seconds(started):F0} s, {new FileInfo(file.Path).Length / 1024 / 1024:N0} MiB");
    }

    private static async Task DueAsync(ClockReader clocks, DeadlineClock clock)
    {
        double[] millis = new double[21];
        for (int i = 0; i < millis.Length; i++)
        {
            long started = TimeProvider.System.GetTimestamp();
            if (clocks.Due(Begin, 2_000).Count != DueCases * Running.Length)
                throw new InvalidOperationException($"{clocks.Due(Begin, 2_000).Count} are due");
            millis[i] = Seconds(started) * 1000;
        }

        Array.Sort(millis);
        Say($"{DueCases * Running.Length:N0} due of a million found: median {millis[millis.Length / 2]:F1} ms, worst {millis[^1]:F1} ms of {millis.Length}");
        long tick = TimeProvider.System.GetTimestamp();
        int told = await clock.TickAsync(Begin, CancellationToken.None);
        Say($"their {told:N0} marks told and folded in {Seconds(tick) * 1000:F0} ms, flushes not counted");
        if (told < DueCases * Running.Length || clocks.Due(Begin, 1).Count > 0)
            throw new InvalidOperationException($"{told} told");
    }

    private static async Task RecomputeAsync(ClockRecomputation recomputation, ClockLedger ledger, RegisterBookWriter registers, RegisterBooks books)
    {
        long check = TimeProvider.System.GetTimestamp();
        int nothing = await recomputation.RunAsync(Begin, CancellationToken.None);
        Say($"all computed again after a start, {nothing} differ: {Seconds(check):F1} s");
        Add(registers, Year("2027", "2027-01-01", "2027-01-02", "2027-01-03"));
        books.Offer(registers.ToBook());
        long before = ledger.Bytes, started = TimeProvider.System.GetTimestamp();
        double cpu = Environment.CpuUsage.TotalTime.TotalSeconds;
        Task<int> walk = Task.Run(() => recomputation.RunAsync(Begin, CancellationToken.None));
        int parts = 0;
        while (!walk.IsCompleted) // as the projection's pump does: it folds what is there while more is computed
        {
            await Task.WhenAny(walk, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System));
            parts += ledger.Fold();
        }

        int changed = await walk;
        parts += ledger.Fold();
        Say($"a calendar moves {changed:N0} clocks: {parts} entries ({(ledger.Bytes - before) / 1024 / 1024:N0} MiB) computed, handed over and folded after {Seconds(started):F1} s, {Environment.CpuUsage.TotalTime.TotalSeconds - cpu:F1} CPU s");
        if (changed < (Cases - DueCases) * Running.Length || await recomputation.RunAsync(Begin, CancellationToken.None) != 0)
            throw new InvalidOperationException($"{changed} changed");
    }

    private static void Add(RegisterBookWriter registers, RegisterChange calendar)
    {
        registers.Add(RegisterVersion.Of(registers.Size, 0, Micros.Of(Begin.AddYears(-1)), calendar, new Actor()));
        registers.Size++;
    }

    private static RegisterChange Year(string year, params string[] holidays) =>
        new() { Id = year, Calendar = new WorkingCalendar { Source = "test", Holidays = { holidays } } };

    private static double Seconds(long started) => TimeProvider.System.GetElapsedTime(started).TotalSeconds;

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
