namespace EdgeEnforcement.Testing.Exploration;

/// <summary>A world's invariant does not hold.</summary>
public sealed class BrokenPromiseException(string promise) : Exception(promise)
{
    public static void Unless(bool holds, string promise)
    {
        if (!holds)
            throw new BrokenPromiseException(promise);
    }
}
