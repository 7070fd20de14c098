using EdgeEnforcement.SegmentLog;
using EdgeEnforcement.Testing;

namespace EdgeEnforcement.IngestService.Tests.Explorer;

/// <summary>How large a commit world is.</summary>
internal sealed record CommitWorldOptions
{
    public required Func<IReadOnlyList<Message>> Cast { get; init; }

    /// <summary>The ends a process may come to. The first is also offered when nothing is unsynced: then all are the same.</summary>
    public IReadOnlyList<string> Crashes { get; init; } = ["drop", "kill", "keepall", "tear:1", "reorder:1", "keepsome:1"];

    /// <summary>Those of a cut inside an action.</summary>
    public IReadOnlyList<string> CutCrashes { get; init; } = LongForm.IsWanted ? ["drop", "reorder:1", "keepsome:1"] : ["drop"];

    public bool CutsInside { get; init; } = true;

    /// <summary>How often an answered message is sent again.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The disk the code gets, over the shadow disk: where a mutation leaves something out.</summary>
    public Func<ShadowFileSystem, IFileSystem>? Disk { get; init; }
}
