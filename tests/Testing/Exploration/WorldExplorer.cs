using System.Security.Cryptography;
using System.Text;

namespace EdgeEnforcement.Testing.Exploration;

/// <summary>
/// Tries every order of actions up to a depth, breadth first, so that the first broken promise found has a shortest path. The code
/// under test cannot be copied, so each path is run again on a new world, from the start or from the last point where all was on disk. A world that was reached before is not gone on
/// from: whatever follows it was tried from its first, shorter path. Every new world is also brought to its end (<see cref="IWorld.Settle"/>).
/// </summary>
/// <param name="settles">False to look at the actions alone, which gives longer and plainer paths to a fault.</param>
public sealed class WorldExplorer(string name, Func<IWorld> create, TimeProvider time, bool settles = true)
{
    public const string SettleAction = "settle";

    private readonly HashSet<string> _known = [];

    /// <summary>Told after each depth: how far a run came that somebody's patience ended.</summary>
    public Action<ExplorationReport>? Progress { get; init; }

    private int _paths;

    public ExplorationReport Run(int depth)
    {
        var started = time.GetTimestamp();
        List<Step> frontier = [new Step(null, "")]; // the root is made anew: nothing is on its disk
        Visit(create(), frontier[0]);
        for (var at = 0; at < depth && frontier.Count > 0; at++)
        {
            var next = new List<Step>();
            foreach (var step in frontier)
                Expand(step, next);
            frontier = next;
            Progress?.Invoke(Report(at + 1));
        }
        return Report(depth);

        ExplorationReport Report(int at) => new(name, at, _paths, _known.Count, frontier.Count == 0, time.GetElapsedTime(started));
    }

    /// <summary>Runs one path ("append a; stage; crash drop"), with every check on the way.</summary>
    public void Replay(string path)
    {
        var world = create();
        var step = new Step(null, "");
        foreach (var action in path.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            step = new Step(step, action);
            var applied = action;
            Guard(step, () =>
            {
                if (applied == SettleAction)
                    world.Settle();
                else
                    world.Apply(applied);
                world.Check();
            });
        }
    }

    private void Expand(Step from, List<Step> next)
    {
        var actions = new Queue<string>();
        var first = Rebuild(from);
        foreach (var action in first.Actions())
            actions.Enqueue(action);
        IWorld? fresh = first;
        while (actions.TryDequeue(out var action))
        {
            var step = new Step(from, action);
            var world = fresh ?? Rebuild(from);
            fresh = null;
            _paths++;
            Guard(step, () => world.Apply(action));
            foreach (var variant in world.Variants(action))
                actions.Enqueue(variant);
            if (Visit(world, step))
                next.Add(step);
        }
    }

    private IWorld Rebuild(Step step)
    {
        var rest = new Stack<string>();
        for (; step.Before is not null && step.Saved is null; step = step.Before)
            rest.Push(step.Action);
        var world = step.Saved?.Fork() ?? create();
        foreach (var action in rest)
            world.Apply(action);
        return world;
    }

    private bool Visit(IWorld world, Step step)
    {
        Guard(step, world.Check);
        if (!_known.Add(FingerprintOf(world)))
            return false;
        step.Saved = world.Fork();
        if (settles)
            Guard(new Step(step, SettleAction), world.Settle);
        return true;
    }

    private static string FingerprintOf(IWorld world)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        world.Describe(writer);
        writer.Flush();
        return Convert.ToHexString(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
    }

    private void Guard(Step step, Action act)
    {
        try
        {
            act();
        }
        catch (Exception cause)
        {
            throw new ExplorationFailedException(name, step.Path(), cause);
        }
    }

    private sealed record Step(Step? Before, string Action)
    {
        /// What is kept of a world to start from again; never acted on itself.
        public IWorld? Saved { get; set; }

        public List<string> Path()
        {
            var path = new List<string>();
            for (var step = this; step.Before is not null; step = step.Before)
                path.Add(step.Action);
            path.Reverse();
            return path;
        }
    }
}
