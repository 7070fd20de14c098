namespace EdgeEnforcement.Testing.Exploration;

/// <summary>A path to a broken promise; no shorter one exists.</summary>
public sealed class ExplorationFailedException(string world, IReadOnlyList<string> path, Exception cause)
    : Exception($"{world}: {cause.GetType().Name}: {cause.Message}\nReplay with EE_PATH=\"{string.Join("; ", path)}\"\n{cause.StackTrace}", cause)
{
    public IReadOnlyList<string> Path { get; } = path;
}
