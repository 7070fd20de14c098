namespace EdgeEnforcement.Testing.Exploration;

/// <summary>How the tests run an exploration: EE_LONG=1 goes deeper, EE_PATH="append a1; stage" runs that one path instead.</summary>
public static class ExplorationRun
{
    /// <returns>Null when a single path was replayed.</returns>
    public static ExplorationReport? Of(string name, Func<IWorld> create, int depth, Action<string> say)
    {
        var explorer = new WorldExplorer(name, create, TimeProvider.System) { Progress = report => say(report.ToString()) };
        if (Environment.GetEnvironmentVariable("EE_PATH") is not { Length: > 0 } path)
            return explorer.Run(depth);
        explorer.Replay(path);
        return null;
    }
}
