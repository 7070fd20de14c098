namespace EdgeEnforcement.Testing;

/// <summary>
/// One path through the product on a disk that may fail, with a memory of what was promised. <see cref="FaultSweep"/> calls:
/// Prepare, Work (where the fault strikes), LetGo, then twice: Check, LetGo; the disk is restarted or loses power in between.
/// </summary>
public interface IFaultScenario
{
    ShadowFileSystem Disk { get; }

    /// <summary>What comes before the path; no fault strikes here.</summary>
    Task PrepareAsync();

    /// <summary>The path. It remembers what it was promised and throws what the product throws.</summary>
    Task WorkAsync();

    /// <summary>The process is dead and the disk silent: drops what is open, whatever that throws.</summary>
    Task LetGoAsync();

    /// <summary>The next start, no more.</summary>
    Task OpenAsync();

    /// <summary>
    /// The next start: opens, verifies, holds every promise against what is there, goes on (with resends of what has no answer), and
    /// verifies again. What it is promised here is promised too. May leave things open.
    /// </summary>
    Task CheckAsync();
}
