using System.Collections.Concurrent;
using EdgeEnforcement.Contracts.V1;
using Kind = EdgeEnforcement.Contracts.V1.ProcedureActKind;

namespace EdgeEnforcement.IngestService.Tests.Procedure.Invariants;

/// <summary>A million acts of people who are mostly careful: whatever was allowed keeps the invariants, whatever was refused left no trace.</summary>
public sealed class InvariantTests(ITestOutputHelper output)
{
    private const int Acts = 1_000_000;
    private const int FirstSeed = 20_260_712;

    [Fact]
    public void A_million_random_acts_keep_the_invariants()
    {
        ConcurrentDictionary<Kind, int> done = new();
        ConcurrentDictionary<ProcedureState, int> ends = new();
        int tried = 0, refused = 0, seed = FirstSeed;

        // Which thread runs which seed makes no difference: a case is its seed's alone.
        Parallel.For(0, 2, _ =>
        {
            while (Volatile.Read(ref tried) < Acts)
            {
                int mine = Interlocked.Increment(ref seed);
                RandomCase one = Run(mine);
                Interlocked.Add(ref tried, one.Tried);
                Interlocked.Add(ref refused, one.Refused);
                ends.AddOrUpdate(one.Subject.State, 1, (_, count) => count + 1);
                foreach ((Kind kind, int count) in one.Done)
                    done.AddOrUpdate(kind, count, (_, before) => before + count);
            }
        });

        output.WriteLine($"{tried} acts from seed {FirstSeed + 1} in {seed - FirstSeed} cases, {refused} refused; ends: {Text(ends)}; acts: {Text(done)}");
        Assert.InRange(refused, tried / 10, tried * 9 / 10);
        Assert.True(ends[ProcedureState.G1Archived] > 1_000, Text(ends));
        Assert.All((Kind[])[Kind.DecidePenalty, Kind.DecideNoPenalty, Kind.DecideSimple, Kind.RecordHearing, Kind.Discuss, Kind.Amend, Kind.CorrectDocument,
            Kind.ExtendDeadline, Kind.PauseClock, Kind.Coordinate, Kind.Preserve, Kind.Archive, Kind.UndoMerge, Kind.Recheck, Kind.ConfirmCorrection, Kind.GrantDeferral],
            kind => Assert.True(done.GetValueOrDefault(kind) > 200, $"{kind}: {done.GetValueOrDefault(kind)}"));
    }

    private static RandomCase Run(int seed)
    {
        RandomCase one = new(seed);
        try
        {
            one.Run();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {seed}, act {one.Tried}, in {one.Subject.State}: {e.Message}; {one.Trail}", e);
        }

        return one;
    }

    private static string Text<T>(IEnumerable<KeyValuePair<T, int>> counts) =>
        string.Join(", ", counts.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"));
}
