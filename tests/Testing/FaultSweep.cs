namespace EdgeEnforcement.Testing;

/// <summary>
/// Fails the n-th call of a path for every n, in every way, and holds the product to its promises afterwards. It stops when no
/// way reaches n any more, and says so if that was before the calls of the run without a fault.
/// </summary>
/// <remarks>
/// After the fault the scenario checks and goes on; then the power is cut once more, dropping all that was not flushed, and it checks
/// again: a start that believed what it saw in the page cache, and promised on top of it, is caught by this second cut.
/// The long form takes eight seeds for each random way instead of one.
/// </remarks>
/// <param name="path">Names the path in the output.</param>
/// <param name="say">One line for each n.</param>
public sealed class FaultSweep(string path, Func<IFaultScenario> make, Action<string> say)
{
    private const int LongSeeds = 8;

    /// <summary>
    /// The short form tries these at every call: what a power cut leaves that keeps nothing, what the next process may wrongly believe,
    /// and what an error hides that was none.
    /// </summary>
    private static readonly FaultWay[] Always =
    [
        new(ShadowFault.PowerOffAfterEffect, CrashMode.Drop),
        new(ShadowFault.PowerOffAfterEffect, null, CutAtNextStart: true),
        new(ShadowFault.FailAfterEffect, null),
    ];

    /// <summary>Of all other ways, the short form tries this many at each call, in turn.</summary>
    public int ShortWays { get; init; } = 1;

    /// <summary>Where a run is dear, the short form strikes every so many calls, beginning at another one with each seed.</summary>
    public int ShortStride { get; init; } = 1;

    /// <summary>Of the calls that only look, the short form fails every so many.</summary>
    public int ShortLooks { get; init; } = 5;

    /// <returns>Calls of the run without a fault: no fewer were reached.</returns>
    public async Task<int> RunAsync()
    {
        var (calls, looks) = (await CountAsync(looks: false), await CountAsync(looks: true));
        say($"{path}: {calls} calls, {looks} with looks; seed {LongForm.Seed}");
        var (stride, lookStride) = LongForm.IsWanted ? (1, 1) : (ShortStride, ShortLooks * ShortStride);
        var struck = await StrikeAllAsync(stride, WaysAt);
        var seen = await StrikeAllAsync(lookStride, _ => [FaultWay.Look]);
        return struck > calls - stride && seen >= looks * 9 / 10 - lookStride // what is read twice is a matter of timing
            ? calls
            : throw new InvalidOperationException($"{path}: only {struck} of {calls} calls were struck, {seen} of {looks} with looks.");
    }

    private static IEnumerable<FaultWay> AllWays => Always.Concat(FaultWay.All.Except(Always));

    private IEnumerable<FaultWay> WaysAt(int n)
    {
        if (LongForm.IsWanted)
            return AllWays;
        var others = FaultWay.All.Except(Always).ToList();
        return Always.Concat(Enumerable.Range(n * ShortWays, ShortWays).Select(w => others[w % others.Count]));
    }

    /// The last call that was reached. Above it, no way reaches any.
    private async Task<int> StrikeAllAsync(int stride, Func<int, IEnumerable<FaultWay>> ways)
    {
        for (var n = 1 + (LongForm.Seed % stride); ; n += stride)
        {
            var runs = 0;
            ShadowCall? struck = null;
            foreach (var way in ways(n))
                foreach (var seed in SeedsOf(way, n))
                {
                    if (await StrikeAsync(n, way, seed) is not { } call)
                        break;
                    struck ??= call;
                    runs++;
                }
            if (struck is null)
                return n - stride;
            say($"{path} n={n} {struck}: {runs} runs");
        }
    }

    private static IEnumerable<int> SeedsOf(FaultWay way, int n) =>
        Enumerable.Range(0, way.IsRandom && LongForm.IsWanted ? LongSeeds : 1).Select(s => LongForm.Seed + (n * LongSeeds) + s);

    private async Task<int> CountAsync(bool looks)
    {
        var scenario = make();
        scenario.Disk.CountLooks = looks;
        await scenario.PrepareAsync();
        var before = scenario.Disk.CallCount;
        await scenario.WorkAsync();
        var count = scenario.Disk.CallCount - before;
        await EndAsync(scenario, FaultWay.Look, seed: 0);
        return count;
    }

    /// Null when the path was over before the call was reached.
    private async Task<ShadowCall?> StrikeAsync(int n, FaultWay way, int seed)
    {
        var scenario = make();
        scenario.Disk.CountLooks = way.Looks;
        await scenario.PrepareAsync();
        scenario.Disk.FailAt(n, way.Fault, way.Errno);
        try
        {
            await scenario.WorkAsync();
        }
        catch (Exception) when (scenario.Disk.FaultReached)
        {
            // Whatever the product makes of it: what counts is what it said before, and what is there afterwards.
        }
        if (scenario.Disk.FaultedCall is not { } struck)
        {
            await EndAsync(scenario, FaultWay.Look, seed);
            return null;
        }
        try
        {
            await EndAsync(scenario, way, seed);
        }
        catch (Exception broken)
        {
            throw new InvalidOperationException(
                $"{path} n={n} {struck}, {way}, seed {seed} (EE_SEED={LongForm.Seed}): {broken.Message}", broken);
        }
        return struck;
    }

    private static async Task EndAsync(IFaultScenario scenario, FaultWay way, int seed)
    {
        scenario.Disk.CountLooks = false;
        await DieAsync(scenario);
        if (way.Cut is { } mode)
            scenario.Disk.Crash(mode, seed);
        else
            scenario.Disk.RestartProcess();
        if (way.CutAtNextStart)
        {
            await scenario.OpenAsync();
            await DieAsync(scenario);
            scenario.Disk.Crash(CrashMode.Drop);
        }
        await scenario.CheckAsync();
        await DieAsync(scenario);
        scenario.Disk.Crash(CrashMode.Drop);
        await scenario.CheckAsync();
        await DieAsync(scenario);
    }

    // Silent first: nothing that is still running may write after its death.
    private static async Task DieAsync(IFaultScenario scenario)
    {
        scenario.Disk.CutPower();
        await scenario.LetGoAsync();
    }
}
